import {
  fold,
  splitStreamName,
  WordingId,
  type AnyEvent,
  type RecipientId,
  type Recorded,
} from '#domain/kernel/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import { handleMany } from '#libs/commands/index';
import { uuidV5 } from '#libs/ledger/index';
import { NOTHING_PERSONAL, type Ledger } from '#libs/ledger/port';
import { subscribedLists } from '../messages/shown-values.ts';
import { systemContext } from '../system-context.ts';

/** Namespace of the ids of these commands: seeing an event twice plans one mail. */
const REQUESTS = '0f5a8c44-2b39-5b0e-9a3e-6c1f6c0d7a51';

/** Of the requests on record those that go out by themselves; the others are part of a newsletter. */
const wordingOf = ({ event, metadata }: Recorded<RecipientEvent>): WordingId | undefined => {
  if (event.type !== 'ConsentRequested' || event.data.daysBefore === undefined) return undefined;
  const wordingId = metadata.wording?.wordingId;
  return wordingId !== undefined && WordingId.is(wordingId) ? wordingId : undefined;
};

/** Plans the mail of each request that went on record by itself. Harmless when repeated. */
export const planConsentRequests = async (
  ledger: Ledger,
  batch: readonly Recorded<AnyEvent>[],
): Promise<void> => {
  const requests = (batch as readonly Recorded<RecipientEvent>[]).flatMap((recorded) => {
    const wordingId = wordingOf(recorded);
    const recipientId = splitStreamName(recorded.stream).key as RecipientId;
    return wordingId === undefined ? [] : [{ recorded, wordingId, recipientId }];
  });
  if (requests.length === 0) return;
  const ids = requests.map(({ recipientId }) => recipientId);
  const histories = await ledger.readMany(recipientStream, ids, NOTHING_PERSONAL);
  const commands = requests.map(({ recorded, wordingId, recipientId }, index) => {
    const { event, metadata, id, revision } = recorded;
    const { accountId, recordedAt: now } = metadata;
    const events = (histories[index] ?? []).map((each) => each.event);
    const content = { kind: 'consent-request', wordingId, requestedAt: event.data.at } as const;
    const listIds = subscribedLists(fold(recipientStream, events));
    return {
      definition: deliveryStream,
      key: `${wordingId}.${recipientId}.${String(revision)}`,
      command: { type: 'PlanDelivery', accountId, recipientId, content, listIds, now } as const,
      context: systemContext({
        accountId,
        correlationId: metadata.correlationId,
        commandId: uuidV5(REQUESTS, id),
        now,
      }),
    };
  });
  await handleMany(ledger, commands);
};
