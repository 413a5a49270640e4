import type {
  AccountId,
  CampaignId,
  FormId,
  Instant,
  Language,
  ListId,
  NewsletterId,
  Position,
  RecipientId,
  WordingId,
} from '#domain/kernel/index';
import type { DeliveryContent, DeliveryStatus } from '#domain/delivery/index';
import type { Comparison, ReadModel } from '#libs/read-store/port';
import { skipId } from './projection.ts';

export type QueuedDelivery = Readonly<{
  /** Key of the delivery's stream; for a skip, with `@` and the campaign after it. */
  id: string;
  accountId: AccountId;
  recipientId: RecipientId;
  contentKind: DeliveryContent['kind'];
  newsletterId?: NewsletterId;
  campaignId?: CampaignId;
  /** Of a newsletter's delivery: which part of its campaign it belongs to. */
  partition?: number;
  formId?: FormId;
  wordingId?: WordingId;
  listIds?: readonly ListId[];
  status: Exclude<DeliveryStatus, 'none'>;
  /** From when on it may be sent; absent unless it waits to be. */
  dueAt?: Instant;
  plannedPosition: Position;
  attempts: number;
  messageId?: string;
  language?: Language;
  claimant?: string;
  /** Why it was skipped, deferred, refused or left uncertain. */
  reason?: string;
  updatedAt: Instant;
}>;

const equal = (field: string, value: string | number): Comparison => ({ field, op: 'eq', value });

/** The key of the delivery's stream, of a skip too. */
export const deliveryKey = ({ id }: Pick<QueuedDelivery, 'id'>): string =>
  id.split('@', 1)[0] ?? id;

/** Whose turn it is: one part of a campaign's deliveries, or the notices of one kind. */
export type Queue =
  | Readonly<{ campaignId: CampaignId; partition: number }>
  | Readonly<{ notice: Exclude<DeliveryContent['kind'], 'newsletter'> }>;

/** What may be sent now, the longest due first. */
export const dueDeliveries = async (
  model: ReadModel,
  queue: Queue,
  page: Readonly<{ now: Instant; limit: number; after?: Pick<QueuedDelivery, 'id' | 'dueAt'> }>,
): Promise<readonly QueuedDelivery[]> => {
  const { now, limit, after } = page;
  const documents = await model.find({
    where: [
      ...('notice' in queue
        ? [equal('contentKind', queue.notice)]
        : [equal('campaignId', queue.campaignId), equal('partition', queue.partition)]),
      equal('queue', 'due'),
      { field: 'dueAt', op: 'lte', value: now },
    ],
    sort: { field: 'dueAt', direction: 'asc' },
    ...(after === undefined ? {} : { after: { value: after.dueAt ?? null, id: after.id } }),
    limit,
  });
  return documents as unknown as readonly QueuedDelivery[];
};

/** Claims without an outcome, made before an instant: their claimant may be gone. */
export const openClaims = async (
  model: ReadModel,
  page: Readonly<{ before: Instant; limit: number }>,
): Promise<readonly QueuedDelivery[]> => {
  const documents = await model.find({
    where: [equal('status', 'attempted'), { field: 'updatedAt', op: 'lt', value: page.before }],
    sort: { field: 'updatedAt', direction: 'asc' },
    limit: page.limit,
  });
  return documents as unknown as readonly QueuedDelivery[];
};

/** Deliveries of a campaign, skips included, in order of id. */
export const deliveriesOfCampaign = async (
  model: ReadModel,
  campaignId: CampaignId,
  page: Readonly<{ status?: QueuedDelivery['status']; after?: string; limit: number }>,
): Promise<readonly QueuedDelivery[]> => {
  const { status, after, limit } = page;
  const documents = await model.find({
    where: [
      equal('campaignId', campaignId),
      ...(status === undefined ? [] : [equal('status', status)]),
    ],
    ...(after === undefined ? {} : { after: { value: after, id: after } }),
    limit,
  });
  return documents as unknown as readonly QueuedDelivery[];
};

/** The last deliveries of a campaign in the order of their keys, skips included: the last one first. */
export const lastDeliveriesOf = async (
  model: ReadModel,
  campaign: Readonly<{ campaignId: CampaignId; newsletterId: NewsletterId }>,
  limit: number,
): Promise<readonly QueuedDelivery[]> => {
  const documents = await model.find({
    where: [
      equal('campaignId', campaign.campaignId),
      // So that they are found from behind, and not all of them sorted.
      { field: 'id', op: 'prefix', value: `${campaign.newsletterId}.` },
    ],
    sort: { field: 'id', direction: 'desc' },
    limit,
  });
  return documents as unknown as readonly QueuedDelivery[];
};

/** Which of these keys have a delivery or a skip of a campaign. */
export const keysInCampaign = async (
  model: ReadModel,
  campaignId: CampaignId,
  keys: readonly string[],
): Promise<ReadonlySet<string>> => {
  const skips = keys.map((key) => skipId(key, campaignId));
  const documents = await model.getMany([...keys, ...skips]);
  const found = documents.flatMap((document) => {
    const delivery = document as unknown as QueuedDelivery | undefined;
    return delivery?.campaignId === campaignId ? [deliveryKey(delivery)] : [];
  });
  return new Set(found);
};

/** How many deliveries a campaign has, skips included: with a status, and a reason, where they are named. */
export const countDeliveries = (
  model: ReadModel,
  campaignId: CampaignId,
  status?: QueuedDelivery['status'],
  reason?: string,
): Promise<number> =>
  model.count([
    equal('campaignId', campaignId),
    ...(status === undefined ? [] : [equal('status', status)]),
    ...(reason === undefined ? [] : [equal('reason', reason)]),
  ]);

/** Deliveries to a recipient, skips included, in order of id. */
export const deliveriesOfRecipient = async (
  model: ReadModel,
  recipientId: RecipientId,
  page: Readonly<{ after?: string; limit: number }>,
): Promise<readonly QueuedDelivery[]> => {
  const { after, limit } = page;
  const documents = await model.find({
    where: [equal('recipientId', recipientId)],
    ...(after === undefined ? {} : { after: { value: after, id: after } }),
    limit,
  });
  return documents as unknown as readonly QueuedDelivery[];
};
