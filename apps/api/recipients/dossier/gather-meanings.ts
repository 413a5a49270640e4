import { apiKeyStream } from '#domain/api-key/index';
import { formStream } from '#domain/form/index';
import { importStream } from '#domain/import/index';
import {
  FormId,
  fold,
  ImportId,
  ListId,
  NewsletterId,
  WordingId,
  type AccountId,
  type AnyEvent,
  type Brand,
  type IdType,
  type Position,
  type Recorded,
  type StreamDefinition,
} from '#domain/kernel/index';
import { listStream } from '#domain/list/index';
import { newsletterStream } from '#domain/newsletter/index';
import { statementKey, statementStream } from '#domain/statement/index';
import { wordingStream } from '#domain/wording/index';
import { NOTHING_PERSONAL, type Ledger, type Opening } from '#libs/ledger/index';
import type { DossierScope, Meanings } from './material.ts';

type Reader = Readonly<{
  ledger: Pick<Ledger, 'readMany'>;
  accountId: AccountId;
  upTo: Position;
}>;

/** What the ids mean that these events name. A stream of another account means nothing here. */
export const gatherMeanings = async (
  ledger: Pick<Ledger, 'readMany'>,
  { accountId, upTo }: DossierScope,
  events: readonly Recorded<AnyEvent>[],
): Promise<Meanings> => {
  const reader = { ledger, accountId, upTo };
  const texts = new Set<string>();
  for (const { event, metadata } of events) {
    collectTexts([event.data, metadata.evidence, metadata.wording, metadata.actor.id], texts);
  }
  const named = <B extends string>(type: IdType<B>): readonly Brand<string, B>[] =>
    [...texts].filter((text) => type.is(text));
  const hashes = events.flatMap(({ metadata }) => metadata.wording?.statementHash ?? []);
  const actors = events.flatMap(({ metadata: { actor } }) =>
    actor.kind === 'api-client' && actor.id !== undefined ? [actor.id] : [],
  );
  return {
    lists: await statesOf(reader, listStream, named(ListId), (list) =>
      list.status === 'open' ? list.terms.name : undefined,
    ),
    forms: await statesOf(reader, formStream, named(FormId), (form) =>
      form.status === 'open' ? form.terms.name : undefined,
    ),
    imports: await statesOf(reader, importStream, named(ImportId), (imported) => imported),
    newsletters: await historiesOf(reader, newsletterStream, named(NewsletterId)),
    wordings: await statesOf(reader, wordingStream, named(WordingId), (wording) =>
      wording.status === 'open' ? wording : undefined,
    ),
    statements: await statementsOf(reader, [...new Set(hashes)]),
    keys: await statesOf(reader, apiKeyStream, [...new Set(actors)], (key) =>
      key.status === 'none' ? undefined : key.name,
    ),
  };
};

/** Every text in a value, however deep. */
const collectTexts = (value: unknown, into: Set<string>): void => {
  if (typeof value === 'string') into.add(value);
  else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) collectTexts(part, into);
  }
};

const historiesOf = async <K extends string, C, S, E extends AnyEvent, R>(
  { ledger, accountId, upTo }: Reader,
  definition: StreamDefinition<C, S, E, R>,
  ids: readonly K[],
  opening: Opening = NOTHING_PERSONAL,
): Promise<ReadonlyMap<K, readonly Recorded<E>[]>> => {
  const found = new Map<K, readonly Recorded<E>[]>();
  if (ids.length === 0) return found;
  const histories = await ledger.readMany(definition, ids, opening);
  ids.forEach((id, index) => {
    const known = (histories[index] ?? []).filter(({ position }) => position <= upTo);
    if (known[0]?.metadata.accountId === accountId) found.set(id, known);
  });
  return found;
};

/** The texts by their hash; they name the sender and are kept under the account's key. */
const statementsOf = async (
  reader: Reader,
  hashes: readonly string[],
): Promise<Meanings['statements']> => {
  const keys = hashes.map((hash) => statementKey(reader.accountId, hash));
  const histories = await historiesOf(reader, statementStream, keys, {});
  return new Map(
    [...histories].map(([key, history]) => [key.slice(key.indexOf('.') + 1), history]),
  );
};

const statesOf = async <K extends string, C, S, E extends AnyEvent, R, T>(
  reader: Reader,
  definition: StreamDefinition<C, S, E, R>,
  ids: readonly K[],
  meaning: (state: S) => T | undefined,
): Promise<ReadonlyMap<K, T>> => {
  const histories = await historiesOf(reader, definition, ids);
  const found = new Map<K, T>();
  for (const [id, history] of histories) {
    const meant = meaning(
      fold(
        definition,
        history.map(({ event }) => event),
      ),
    );
    if (meant !== undefined) found.set(id, meant);
  }
  return found;
};
