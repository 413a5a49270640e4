import type { AccountId } from '#domain/kernel/index';

/** A finished message: envelope and the exact bytes that go on the wire. */
export type OutgoingMessage = Readonly<{
  messageId: string;
  envelope: Readonly<{ from: string; to: string }>;
  /** RFC 5322, CRLF line ends. */
  source: Buffer;
  /** Whose data the message holds; the built-in mailbox encrypts it under that subject's key. */
  subject: Readonly<{ accountId: AccountId; subject: string }>;
}>;

/**
 * What became of one attempt. `refused` is final, `deferred` may be tried again, `unknown` means that the
 * relay may have taken the message: it must not be sent again without a person's decision (SND-3).
 * `reply` is a code only (`550 5.1.1`): reply texts quote addresses.
 */
export type DeliveryOutcome =
  | Readonly<{ status: 'accepted'; reply: string }>
  | Readonly<{ status: 'deferred'; reply: string }>
  | Readonly<{ status: 'refused'; reply: string }>
  | Readonly<{ status: 'unknown'; reason: string }>;

export interface Mailer {
  /** Never throws for what a relay says or a connection does: that is an outcome. */
  send(message: OutgoingMessage): Promise<DeliveryOutcome>;
  /** How many messages may usefully be under way at once. */
  readonly concurrency: number;
  close(): Promise<void>;
}
