import { ok, refuse } from '#domain/kernel/index';
import type { RecordConsent, RecordPrivacyBasis, WithdrawConsent } from '../commands.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import { consentEvents, grantFault } from './grants.ts';
import type { Outcome } from './outcome.ts';
import { privacyBasisChange } from './profile-changes.ts';
import { suppressionOf } from './suppression.ts';

/** A client records a permission. An event after an unsubscription does not reopen sending (C-28). */
export const recordConsent = (command: RecordConsent, recipient: Recipient): Outcome => {
  const suppression = suppressionOf(recipient);
  if (suppression !== undefined) return refuse(suppression);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  const fault = grantFault(command, command.organisationType, command, recipient);
  if (fault !== undefined) return refuse(fault);
  return ok(consentEvents(command, recipient, command.timeZone, command.now));
};

/** Always possible: it only ends permissions. */
export const withdrawConsent = ({ now, today }: WithdrawConsent, recipient: Recipient): Outcome => {
  if (recipient.revision < 0) return refuse(REJECTIONS.unknown);
  const alreadySo =
    recipient.consents.length === 0 &&
    recipient.unsubscribed?.statedBy === undefined &&
    recipient.withdrawnOn !== undefined &&
    recipient.withdrawnOn >= today;
  return ok(alreadySo ? [] : [{ type: 'ConsentWithdrawn', data: { date: today, at: now } }]);
};

export const recordPrivacyBasis = (
  { kind, now }: RecordPrivacyBasis,
  recipient: Recipient,
): Outcome => {
  if (recipient.erased !== undefined) return refuse(REJECTIONS.erased);
  return recipient.known
    ? ok(privacyBasisChange(recipient, kind, now))
    : refuse(REJECTIONS.unknown);
};
