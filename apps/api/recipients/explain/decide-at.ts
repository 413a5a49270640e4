import {
  maySend,
  type Decision,
  type MessageScope,
  type SendingAccount,
} from '#domain/consent/index';
import { fold, type Instant, type Recorded } from '#domain/kernel/index';
import { recipientStream, type Recipient, type RecipientEvent } from '#domain/recipient/index';
import { recordedBy } from './as-of.ts';

/** "May we write?", at an instant. */
export type Inquiry = Readonly<{
  at: Instant;
  now: Instant;
  /** The terms of the account that were in force at the instant. */
  terms: SendingAccount;
  message: MessageScope;
}>;

export type DecidedAt = Readonly<{
  decision: Decision;
  recipient: Recipient;
  /** What it was decided on: as much of the history as was recorded by then. */
  known: readonly Recorded<RecipientEvent>[];
}>;

/** The decision that the sender would have taken on a person at an instant (CON-6). */
export const decideAt = (
  history: readonly Recorded<RecipientEvent>[],
  { at, now, terms, message }: Inquiry,
): DecidedAt => {
  const known = recordedBy(history, at, now);
  const recipient = fold(
    recipientStream,
    known.map(({ event }) => event),
  );
  return { decision: maySend(recipient, terms, message, at), recipient, known };
};
