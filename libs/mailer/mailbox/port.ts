import type { AccountId } from '#domain/kernel/index';
import type { Mailer } from '../port.ts';

type Subject = Readonly<{ accountId: AccountId; subject: string }>;

/**
 * Encrypts under a person's own key, so that erasing the person takes their mail along. `place` is bound to the
 * cipher text and must be given again.
 */
export interface SubjectSeal {
  seal(subject: Subject, plain: Uint8Array, place: Uint8Array): Promise<Uint8Array>;
  /** One answer for each, in order; undefined when the key is gone. */
  open(
    sealed: readonly Readonly<{ subject: Subject; bytes: Uint8Array; place: Uint8Array }>[],
  ): Promise<readonly (Uint8Array | undefined)[]>;
}

/** A line of the mailbox page. Holds personal data. */
export type MailboxEntry = Readonly<{
  id: string;
  /** Pages go on with `before: number`. */
  number: number;
  accountId: AccountId;
  arrivedAt: Date;
  from: string;
  to: string;
  subject: string;
}>;

/** A whole message. Holds personal data. */
export type MailboxMessage = MailboxEntry &
  Readonly<{
    headers: readonly (readonly [name: string, value: string])[];
    html?: string;
    text?: string;
    source: string;
  }>;

/** The built-in mailbox: takes mail where no relay is configured, and lets people read it. */
export interface Mailbox {
  /** Newest first; `before` is the number of the last entry of the page before. */
  list(options: {
    readonly limit: number;
    readonly before?: number;
    readonly accountId?: AccountId;
  }): Promise<readonly MailboxEntry[]>;
  read(id: string): Promise<MailboxMessage | undefined>;
  /** Removes the mail of persons whose key is gone, and all trace of it from the file (PRV-2). */
  scrub(): Promise<void>;
}

export type MailboxMailer = Mailer & Mailbox;
