import {
  FormId,
  NewsletterId,
  type Evidence,
  type Recorded,
  type WordingId,
} from '#domain/kernel/index';
import { deliveryStream, type DeliveryEvent } from '#domain/delivery/index';
import { recipientStream } from '#domain/recipient/index';
import { NOTHING_PERSONAL, type Ledger } from '#libs/ledger/port';
import type { PublicLink } from '#libs/public-links/index';

type History = readonly Recorded<DeliveryEvent>[];

/**
 * The message that carried a link, as evidence of what it led to (CON-5). A link is made for one attempt to
 * deliver, so its instant tells that attempt, and with it the message's id.
 */
export const messageBehind = async (ledger: Ledger, link: PublicLink): Promise<Evidence> => {
  const { about, recipientId } = link;
  if (FormId.is(about)) return { formId: about };
  if (!NewsletterId.is(about)) return messageIn(await requestsBy(ledger, link, about), link);
  const history = await ledger.read(deliveryStream, `${about}.${recipientId}`);
  return { newsletterId: about, ...messageIn([history], link) };
};

/** What became of each request that went out by itself with this wording. */
const requestsBy = async (
  ledger: Ledger,
  { recipientId }: PublicLink,
  wordingId: WordingId,
): Promise<readonly History[]> => {
  const history = await ledger.read(recipientStream, recipientId, NOTHING_PERSONAL);
  const keys = history.flatMap(({ event, metadata, revision }) =>
    event.type === 'ConsentRequested' && metadata.wording?.wordingId === wordingId
      ? [`${wordingId}.${recipientId}.${String(revision)}`]
      : [],
  );
  return keys.length === 0 ? [] : ledger.readMany(deliveryStream, keys);
};

/** Nothing where no attempt is on record, as for a newsletter that was sent as a test. */
const messageIn = (
  histories: readonly History[],
  { issued }: PublicLink,
): Pick<Evidence, 'messageId' | 'campaignId'> => {
  for (const { event, metadata } of histories.flat()) {
    if (event.type !== 'DeliveryAttempted' || event.data.at !== issued) continue;
    const campaignId = metadata.evidence?.campaignId;
    return {
      messageId: event.data.messageId,
      ...(campaignId !== undefined && { campaignId }),
    };
  }
  return {};
};
