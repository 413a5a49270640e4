import { setImmediate } from 'node:timers/promises';
import type { AccountId, Position, Recorded, RecipientId } from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { everybodyOf } from '#projections/recipient-directory/index';
import { NOTHING_PERSONAL, type Ledger } from '#libs/ledger/index';
import type { ReadModel } from '#libs/read-store/port';

export type Person = Readonly<{
  recipientId: RecipientId;
  history: readonly Recorded<RecipientEvent>[];
}>;

type Source = Readonly<{
  ledger: Pick<Ledger, 'readMany'>;
  /** The recipient directory, which has seen `upTo`. */
  directory: ReadModel;
  accountId: AccountId;
  /** Nothing that was recorded later is shown, however long the reading takes. */
  upTo: Position;
}>;

/** Ids that the directory is asked for at once. */
const PAGE = 500;
const FEWEST_PEOPLE = 4;
const MOST_PEOPLE = 100;
/** So many events are read in a few milliseconds; then other requests have their turn. */
const EVENTS_AT_ONCE = 300;

/**
 * Everybody whom the account ever knew, with what the ledger holds of them: people who were erased since are
 * among them, since dates and codes of their consents outlive the erasure. A few people at a time, so that
 * memory does not grow with the account. No personal part is opened.
 */
export async function* historiesOf(source: Source): AsyncGenerator<readonly Person[], void> {
  let people = FEWEST_PEOPLE;
  for await (const ids of everybodyOf(source.directory, source.accountId, PAGE)) {
    for (let start = 0; start < ids.length;) {
      const some = ids.slice(start, (start += people));
      const found = await peopleOf(source, some);
      yield found;
      const events = found.reduce((sum, { history }) => sum + history.length, 1);
      const fitting = Math.floor((EVENTS_AT_ONCE * some.length) / events);
      people = Math.min(MOST_PEOPLE, Math.max(FEWEST_PEOPLE, fitting));
      await setImmediate();
    }
  }
}

const peopleOf = async (
  { ledger, accountId, upTo }: Source,
  ids: readonly RecipientId[],
): Promise<readonly Person[]> => {
  const histories = await ledger.readMany(recipientStream, ids, NOTHING_PERSONAL);
  return ids.flatMap((recipientId, index) => {
    const all = histories[index] ?? [];
    // What another account holds is nobody else's to see, whatever a read model says.
    if (all[0]?.metadata.accountId !== accountId) return [];
    const later = all.findIndex(({ position }) => position > upTo);
    return [{ recipientId, history: later === -1 ? all : all.slice(0, later) }];
  });
};
