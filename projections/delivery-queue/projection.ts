import type { DeliveryContent, DeliveryEvent } from '#domain/delivery/index';
import type { CampaignId, JsonValue, Recorded } from '#domain/kernel/index';
import type { Change } from '#libs/read-store/change';
import type { Projection } from '#libs/read-store/projection';
import { partitionOf } from './partition.ts';

type Of<T extends DeliveryEvent['type']> = Extract<DeliveryEvent, { type: T }>;

const contentFields = (content: DeliveryContent): Readonly<Record<string, JsonValue>> => {
  const { kind: contentKind } = content;
  switch (content.kind) {
    case 'newsletter': {
      const { newsletterId, campaignId } = content;
      return { contentKind, newsletterId, campaignId };
    }
    case 'consent-request':
    case 'return-confirmation':
      return { contentKind, wordingId: content.wordingId };
    default:
      return { contentKind, formId: content.formId };
  }
};

/** Fields that only a delivery on its way has; another plan for the same newsletter begins anew. */
const OF_AN_ATTEMPT = ['reason', 'messageId', 'claimant'];

const planned = (id: string, { data }: Of<'DeliveryPlanned'>, position: string): Change => ({
  op: 'upsert',
  id,
  set: {
    accountId: data.accountId,
    recipientId: data.recipientId,
    ...contentFields(data.content),
    ...(data.content.kind === 'newsletter' && { partition: partitionOf(id) }),
    listIds: data.listIds,
    status: 'planned',
    queue: 'due',
    dueAt: data.at,
    plannedPosition: position,
    attempts: 0,
    updatedAt: data.at,
  },
  unset: OF_AN_ATTEMPT,
});

/** A skip has a document of its own, as each campaign may skip the same newsletter and recipient. */
export const skipId = (delivery: string, by: CampaignId | DeliveryContent['kind']): string =>
  `${delivery}@${by}`;

const skipperOf = (content: DeliveryContent): Parameters<typeof skipId>[1] =>
  content.kind === 'newsletter' ? content.campaignId : content.kind;

const skipped = (id: string, { data }: Of<'DeliverySkipped'>, position: string): Change[] => [
  {
    op: 'upsert',
    id: skipId(id, skipperOf(data.content)),
    set: {
      accountId: data.accountId,
      recipientId: data.recipientId,
      ...contentFields(data.content),
      status: 'skipped',
      reason: data.reason,
      plannedPosition: position,
      attempts: 0,
      updatedAt: data.at,
    },
  },
  ...(data.besideAnother === true ? [] : [{ op: 'delete', id } as const]),
];

const attempted = (id: string, { data }: Of<'DeliveryAttempted'>): Change => ({
  op: 'upsert',
  id,
  set: {
    status: 'attempted',
    attempts: data.attempt,
    messageId: data.messageId,
    language: data.language,
    claimant: data.claimant,
    updatedAt: data.at,
  },
  unset: ['queue', 'dueAt', 'reason'],
});

const ended = (id: string, status: string, at: string, reason?: string): Change => ({
  op: 'upsert',
  id,
  set: { status, updatedAt: at, ...(reason === undefined ? {} : { reason }) },
  unset: ['queue', 'dueAt'],
});

const changesOf = (id: string, event: DeliveryEvent, position: string): readonly Change[] => {
  const { at } = event.data;
  switch (event.type) {
    case 'DeliveryPlanned':
      return [planned(id, event, position)];
    case 'DeliverySkipped':
      return skipped(id, event, position);
    case 'DeliveryAttempted':
      return [attempted(id, event)];
    case 'DeliveryAccepted':
      return [ended(id, 'sent', at)];
    case 'DeliveryRefused':
      return [ended(id, 'failed', at, event.data.reply)];
    case 'DeliveryUncertain':
      return [ended(id, 'uncertain', at, event.data.cause)];
    case 'DeliveryDeferred': {
      const { retryAt: dueAt, reply: reason } = event.data;
      const set = { status: 'deferred', queue: 'due', dueAt, reason, updatedAt: at };
      return [{ op: 'upsert', id, set }];
    }
  }
};

/**
 * Every delivery and every skip, and what is to be sent next. A delivery's document has the key of its
 * stream as id; a skip's has the campaign after an `@`. What a campaign counts is counted here.
 */
export const deliveryQueue: Projection = {
  name: 'delivery-queue',
  version: 2,
  indexes: [
    ['campaignId', 'status', 'reason'],
    ['campaignId', 'partition', 'queue', 'dueAt'],
    ['contentKind', 'queue', 'dueAt'],
    ['status', 'updatedAt'],
    ['accountId', 'status'],
    ['recipientId'],
  ],
  categories: ['delivery'],
  project: (recorded) => {
    const { stream, event, position } = recorded as Recorded<DeliveryEvent>;
    return changesOf(stream.slice('delivery-'.length), event, position);
  },
};
