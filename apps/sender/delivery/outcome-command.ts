import { millisecondsOf, plusMilliseconds, type Instant } from '#domain/kernel/index';
import type { Delivery, DeliveryCommand } from '#domain/delivery/index';
import type { DeliveryOutcome } from '#libs/mailer/port';

const MINUTE = 60_000;
/** N-04: back-off from 15 minutes, 36 hours of life. */
const FIRST_WAIT = 15 * MINUTE;
const LONGEST_WAIT = 6 * 60 * MINUTE;
const LIFETIME = 36 * 60 * MINUTE;

/** How long to wait after attempt number `attempts`: 15 minutes, then twice as long each time, up to 6 hours. */
export const waitAfter = (attempts: number): number =>
  Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, attempts - 1));

const deferred = (delivery: Delivery, reply: string, now: Instant): DeliveryCommand => {
  const retryAt = plusMilliseconds(now, waitAfter(delivery.attempts));
  const age = millisecondsOf(retryAt) - millisecondsOf(delivery.firstPlannedAt ?? now);
  return age > LIFETIME
    ? { type: 'RecordRefused', reply, now }
    : { type: 'RecordDeferred', reply, retryAt, now };
};

/** What to record of an attempt. What may have arrived is uncertain and stays so (SND-3). */
export const outcomeCommand = (
  delivery: Delivery,
  outcome: DeliveryOutcome,
  now: Instant,
): DeliveryCommand => {
  switch (outcome.status) {
    case 'accepted':
      return { type: 'RecordAccepted', reply: outcome.reply, now };
    case 'refused':
      return { type: 'RecordRefused', reply: outcome.reply, now };
    case 'deferred':
      return deferred(delivery, outcome.reply, now);
    case 'unknown':
      return { type: 'RecordUncertain', cause: outcome.reason, now };
  }
};

/** A claim whose message was not handed to the relay: due again at once, for a fresh decision. */
export const notSent = (now: Instant): DeliveryCommand => ({
  type: 'RecordDeferred',
  reply: 'not-sent',
  retryAt: now,
  now,
});
