import { clear, isShredded, ok, plusMilliseconds, refuse } from '#domain/kernel/index';
import type { ConfirmSubscription } from '../commands.ts';
import type { RecipientEvent } from '../events.ts';
import { REJECTIONS } from '../rejections.ts';
import type { PendingConfirmation, Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import { barrierForPerson, isLiftedByConfirming } from './suppression.ts';

/** How long the link in a confirmation mail is good for, in milliseconds: seven days. */
export const CONFIRMATION_LIFETIME = 7 * 86_400_000;

/** The person pressed the button behind the link: their lists, their consent, and their return (C-27). */
export const confirmSubscription = (
  command: ConfirmSubscription,
  recipient: Recipient,
): Outcome => {
  const { pending, confirmedRequest } = recipient;
  if (pending === undefined) {
    return confirmedRequest !== undefined && command.requestedAt >= confirmedRequest
      ? ok([])
      : refuse(REJECTIONS.nothingToConfirm);
  }
  const barrier = barrierForPerson(recipient);
  if (barrier !== undefined) return refuse(barrier);
  if (command.requestedAt < pending.requestedAt) return refuse(REJECTIONS.newerRequest);
  if (command.now > plusMilliseconds(command.requestedAt, CONFIRMATION_LIFETIME)) {
    return refuse(REJECTIONS.confirmationExpired);
  }
  return ok(confirmation(command, recipient, pending));
};

const confirmation = (
  { now, today, timeZone }: ConfirmSubscription,
  recipient: Recipient,
  { listIds, givesConsent, proof }: PendingConfirmation,
): readonly RecipientEvent[] => {
  const liftsSuppression = isLiftedByConfirming(recipient);
  const confirmed: RecipientEvent = {
    type: 'SubscriptionConfirmed',
    data: { listIds, liftsSuppression, at: now },
  };
  if (!givesConsent) return [confirmed];
  return [
    confirmed,
    {
      type: 'ExpressConsentGiven',
      data: { date: today, timeZone, confirmedAt: now, at: now },
      personal: clear({ proof: isShredded(proof) ? {} : proof.reveal() }),
    },
  ];
};
