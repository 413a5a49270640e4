import type {
  AccountId,
  CampaignId,
  CivilDate,
  Event,
  FormId,
  Instant,
  Language,
  ListId,
  NewsletterId,
  RecipientId,
  WordingId,
} from '#domain/kernel/index';

/**
 * What a delivery carries: a newsletter of a campaign, a notice that answers a form submission, the link by which
 * somebody confirms that they come back by their preference page (C-27), or a request for express consent that
 * goes out before an implied one lapses (C-16).
 */
export type DeliveryContent =
  | Readonly<{ kind: 'newsletter'; newsletterId: NewsletterId; campaignId: CampaignId }>
  | Readonly<{ kind: 'confirmation' | 'welcome'; formId: FormId; requestedAt: Instant }>
  | Readonly<{ kind: 'return-confirmation'; wordingId: WordingId; requestedAt: Instant }>
  | Readonly<{ kind: 'consent-request'; wordingId: WordingId; requestedAt: Instant }>;

/** Whose delivery it is. */
export type Whose = Readonly<{ accountId: AccountId; recipientId: RecipientId }>;

/**
 * One message to one recipient. A newsletter's stream is `delivery-<newsletterId>.<recipientId>`, so it
 * reaches a recipient once whatever asks for it; a notice's is `delivery-<formId>.<recipientId>.<revision>`, that of a
 * request for consent or of a return `delivery-<wordingId>.<recipientId>.<revision>`.
 */
export type DeliveryPlanned = Event<
  'DeliveryPlanned',
  Whose & {
    content: DeliveryContent;
    /** Lists of the audience that the recipient is on: the scope of one-click (M-10). */
    listIds: readonly ListId[];
    at: Instant;
  }
>;
/**
 * Not sent, and why: a reason code of `maySend`, or `campaign-cancelled`, `check-failed`, `already-received`,
 * `request-outdated`, `consent-refused`.
 * A campaign that finds the newsletter planned or sent by another one skips here too; that changes nothing
 * for the other one's delivery.
 */
export type DeliverySkipped = Event<
  'DeliverySkipped',
  Whose & {
    content: DeliveryContent;
    reason: string;
    /** The delivery is under way or done for another campaign, and goes on. */
    besideAnother?: boolean;
    at: Instant;
  }
>;
/** The claim, written before SMTP: from here on only an outcome may follow (SND-3). */
export type DeliveryAttempted = Event<
  'DeliveryAttempted',
  {
    attempt: number;
    messageId: string;
    language: Language;
    /** What `maySend` rested on, right before. */
    basis: string;
    lastDay?: CivilDate;
    /**
     * SHA-256 (hex) of the content that the message is made of: a newsletter's version, or the product's own
     * text of a notice. Absent where it was recorded before the product said so.
     */
    contentHash?: string;
    /** Which process holds the claim. */
    claimant: string;
    at: Instant;
  }
>;
export type DeliveryAccepted = Event<'DeliveryAccepted', { reply: string; at: Instant }>;
export type DeliveryDeferred = Event<
  'DeliveryDeferred',
  { reply: string; retryAt: Instant; at: Instant }
>;
export type DeliveryRefused = Event<'DeliveryRefused', { reply: string; at: Instant }>;
/** The process died, or the connection dropped, between the claim and the outcome. Never re-sent by itself. */
export type DeliveryUncertain = Event<'DeliveryUncertain', { cause: string; at: Instant }>;
export type DeliveryEvent =
  | DeliveryPlanned
  | DeliverySkipped
  | DeliveryAttempted
  | DeliveryAccepted
  | DeliveryDeferred
  | DeliveryRefused
  | DeliveryUncertain;
