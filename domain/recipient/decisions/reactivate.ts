import { clear, ok, plusDays, refuse } from '#domain/kernel/index';
import type { Reactivate } from '../commands.ts';
import { reactivationWarning } from '../reactivation-warning.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import { consentEvents, grantFault } from './grants.ts';
import type { Outcome } from './outcome.ts';

/** One person, by hand, after the acknowledged warning, on a basis of its own (UNS-6, C-27). */
export const reactivate = (command: Reactivate, recipient: Recipient): Outcome => {
  if (!hasLeft(recipient) && recipient.reactivatedAfter === command.acknowledgedWarningId)
    return ok([]);
  const fault = cannotReactivate(recipient) ?? faultOf(command, recipient);
  if (fault !== undefined) return refuse(fault);
  return ok([
    {
      type: 'RecipientReactivated',
      data: { warningId: command.acknowledgedWarningId, at: command.now },
      personal: clear({ reason: command.reason.reveal() }),
    },
    ...consentEvents(command, recipient, command.timeZone, command.now),
  ]);
};

const hasLeft = ({ unsubscribed, complained }: Recipient): boolean =>
  unsubscribed !== undefined || complained !== undefined;

/** Why nobody can bring this person back by hand, whatever they show; undefined for whom they can. */
export const cannotReactivate = (recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  if (recipient.invalid !== undefined) return REJECTIONS.invalid;
  if (recipient.restricted !== undefined) return REJECTIONS.restricted;
  if (!recipient.known) return REJECTIONS.unknown;
  return hasLeft(recipient) ? undefined : REJECTIONS.notSuppressed;
};

const faultOf = (command: Reactivate, recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.complained !== undefined && command.authority !== 'admin') {
    return REJECTIONS.adminNeeded;
  }
  if (command.acknowledgedWarningId !== reactivationWarning(recipient).warningId) {
    return REJECTIONS.warningNotAcknowledged;
  }
  return grantFault(command, command.organisationType, command, sameDayAllowed(recipient));
};

/** Somebody who left by mistake may be back the same day; what is older than their leaving stays ended. */
const sameDayAllowed = (recipient: Recipient): Recipient => {
  const { withdrawnOn, ...rest } = recipient;
  return withdrawnOn === undefined
    ? recipient
    : { ...rest, withdrawnOn: plusDays(withdrawnOn, -1) };
};
