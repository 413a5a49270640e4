import { deliveryStream, type DeliveryEvent } from '#domain/delivery/index';
import type {
  AnyEvent,
  Instant,
  ListId,
  Position,
  Recorded,
  RecipientId,
} from '#domain/kernel/index';
import { NOTHING_PERSONAL, type Ledger, type StreamFormat } from '#libs/ledger/index';
import type { Sent } from './sending.ts';

/** One decision that the sender took and wrote down. */
export type Deed = Readonly<{
  recipientId: RecipientId;
  campaignId: string;
  /** `plan`: the audience was decided on; `gate`: right before the message left. */
  stage: 'plan' | 'gate';
  at: Instant;
  listIds: readonly ListId[];
  allow: boolean;
  basis?: string;
  lastDay?: string;
  reason?: string;
}>;

const PAGE = 5_000;

async function* deliveryEvents(ledger: Ledger): AsyncGenerator<Recorded<DeliveryEvent>, void> {
  const formats = [deliveryStream as unknown as StreamFormat<AnyEvent>];
  for (let after: Position | undefined; ;) {
    const page = await ledger.readAll({ after, limit: PAGE, formats, ...NOTHING_PERSONAL });
    yield* page as readonly Recorded<DeliveryEvent>[];
    if (page.length < PAGE) return;
    after = page.at(-1)?.position;
  }
}

type Planned = Extract<DeliveryEvent, { type: 'DeliveryPlanned' }>['data'];

/** Every decision of the sender, in the order of the ledger. */
export const whatTheSenderDid = async (
  ledger: Ledger,
  sent: readonly Sent[],
): Promise<readonly Deed[]> => {
  const audiences = new Map<string, readonly ListId[]>(
    sent.map(({ campaignId, listIds }) => [campaignId, listIds]),
  );
  const planned = new Map<string, Planned>();
  const deeds: Deed[] = [];
  for await (const { event, stream, metadata } of deliveryEvents(ledger)) {
    const campaignId = metadata.evidence?.campaignId ?? '';
    const before = planned.get(stream);
    const audience = audiences.get(campaignId) ?? [];
    if (event.type === 'DeliveryPlanned') {
      const { recipientId, at } = event.data;
      planned.set(stream, event.data);
      deeds.push({ recipientId, campaignId, stage: 'plan', at, listIds: audience, allow: true });
    } else if (event.type === 'DeliverySkipped') {
      const { recipientId, at, reason } = event.data;
      const stage = before === undefined ? 'plan' : 'gate';
      const listIds = before?.listIds ?? audience;
      deeds.push({ recipientId, campaignId, stage, at, listIds, allow: false, reason });
    } else if (event.type === 'DeliveryAttempted' && before !== undefined) {
      const { at, basis, lastDay } = event.data;
      const { recipientId, listIds } = before;
      deeds.push({
        ...{ recipientId, campaignId, stage: 'gate', at, listIds, allow: true, basis },
        ...(lastDay !== undefined && { lastDay }),
      });
    }
  }
  return deeds;
};
