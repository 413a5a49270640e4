import type { SendingAccount } from '#domain/consent/index';
import { civilDateIn, type CivilDate, type Instant } from '#domain/kernel/index';
import type { RequestConsent } from './commands.ts';
import { requestConsent } from './decisions/request-consent.ts';
import type { RecipientEvent } from './events.ts';
import type { Recipient } from './state.ts';

/** The request that a newsletter carries to one person: until when it may be written, and what to record. */
export type RequestInNewsletter = Readonly<{
  lastDay: CivilDate;
  /** Nothing when the same newsletter asked already, in an attempt that did not arrive. */
  events: readonly RecipientEvent[];
}>;

/** Whether a newsletter that leaves now asks the recipient for express consent; undefined when not (C-16). */
export const requestInNewsletter = (
  recipient: Recipient,
  newsletter: NonNullable<RequestConsent['newsletter']>,
  account: SendingAccount,
  now: Instant,
): RequestInNewsletter | undefined => {
  const { timeZone } = account;
  const today = civilDateIn(timeZone, now);
  const decision = requestConsent(
    { type: 'RequestConsent', account, newsletter, now, today, timeZone },
    recipient,
  );
  if (!decision.ok) return undefined;
  const [request] = decision.value;
  const lastDay =
    request?.type === 'ConsentRequested'
      ? request.data.lastDay
      : recipient.requestedIn.get(newsletter.id);
  return lastDay && { lastDay, events: decision.value };
};
