import { accountStream } from '#domain/account/index';
import { deliveryStream } from '#domain/delivery/index';
import type { AnyEvent, Position, Recorded, RecipientId } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import type { Ledger } from '#libs/ledger/index';
import type { ReadModel } from '#libs/read-store/port';
import { deliveriesOfRecipient, deliveryKey } from '#projections/delivery-queue/index';
import { gatherMeanings } from './gather-meanings.ts';
import type { DeliveryHistory, DossierScope, Material } from './material.ts';

export type DossierSources = Readonly<{
  ledger: Pick<Ledger, 'read' | 'readMany'>;
  /** The delivery queue, at `upTo` or later: it names the streams, and they say what happened. */
  deliveries: ReadModel;
}>;

/** Documents of the delivery queue, and streams, that are read at once. */
const PAGE = 500;

/** What was recorded up to a position: every part of a dossier is of the same moment. */
export const recordedUpTo = <E extends AnyEvent>(
  history: readonly Recorded<E>[],
  upTo: Position,
): readonly Recorded<E>[] => history.filter(({ position }) => position <= upTo);

/** Reads all that a dossier is made of, without scanning the ledger. Writes nothing. */
export const gatherMaterial = async (
  { ledger, deliveries: queue }: DossierSources,
  scope: DossierScope,
): Promise<Material> => {
  const { accountId, recipientId, upTo } = scope;
  const account = recordedUpTo(await ledger.read(accountStream, accountId), upTo);
  const history = recordedUpTo(await ledger.read(recipientStream, recipientId), upTo);
  const deliveries: DeliveryHistory[] = [];
  for await (const keys of deliveryKeysOf(queue, recipientId)) {
    const histories = await ledger.readMany(deliveryStream, keys);
    keys.forEach((key, index) => {
      const events = recordedUpTo(histories[index] ?? [], upTo);
      if (events[0]?.metadata.accountId === accountId) deliveries.push({ key, events });
    });
  }
  const meanings = await gatherMeanings(ledger, scope, [
    ...history,
    ...deliveries.flatMap(({ events }) => events),
  ]);
  return { scope, account, history, deliveries, meanings };
};

/** Keys of the streams of a person's deliveries, each once. */
async function* deliveryKeysOf(
  queue: ReadModel,
  recipientId: RecipientId,
): AsyncGenerator<readonly string[], void> {
  const seen = new Set<string>();
  for (let after: string | undefined; ;) {
    const page = await deliveriesOfRecipient(queue, recipientId, {
      ...(after !== undefined && { after }),
      limit: PAGE,
    });
    const keys = [...new Set(page.map(deliveryKey))].filter((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    if (keys.length > 0) yield keys;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id;
  }
}
