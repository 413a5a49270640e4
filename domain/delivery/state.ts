import type { AccountId, Instant, Language, ListId, RecipientId } from '#domain/kernel/index';
import type { DeliveryContent } from './events.ts';

export type DeliveryStatus =
  'none' | 'planned' | 'skipped' | 'attempted' | 'sent' | 'deferred' | 'failed' | 'uncertain';

/** One message to one recipient. */
export type Delivery = Readonly<{
  status: DeliveryStatus;
  accountId?: AccountId;
  recipientId?: RecipientId;
  content?: DeliveryContent;
  listIds: readonly ListId[];
  attempts: number;
  firstPlannedAt?: Instant;
  retryAt?: Instant;
  messageId?: string;
  language?: Language;
  claimant?: string;
  /** Who skipped it (`requesterOf` its content): none of them asks for it again. */
  skippedBy: readonly string[];
}>;

export const NO_DELIVERY: Delivery = { status: 'none', listIds: [], attempts: 0, skippedBy: [] };

/** Who asks for a content: the campaign, what a person sent from a page, or the clock. */
export const requesterOf = (content: DeliveryContent): string => {
  switch (content.kind) {
    case 'newsletter':
      return content.campaignId;
    case 'consent-request':
    case 'return-confirmation':
      return `${content.kind} ${content.wordingId} ${content.requestedAt}`;
    default:
      return `${content.kind} ${content.formId} ${content.requestedAt}`;
  }
};

/** A skip by another campaign leaves a delivery alone that is under way or done. */
export const isStoppedBy = ({ status, content }: Delivery, requester: string): boolean =>
  status === 'none' ||
  status === 'skipped' ||
  ((status === 'planned' || status === 'deferred') &&
    content !== undefined &&
    requesterOf(content) === requester);
