import { clear, ok, plusDays, refuse } from '#domain/kernel/index';
import type { Reactivate } from '../commands.ts';
import { reactivationWarning } from '../reactivation-warning.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import { consentEvents, grantFault } from './grants.ts';
import type { Outcome } from './outcome.ts';

/** One person, by hand, after the acknowledged warning, on a basis of its own (UNS-6, C-27). */
export const reactivate = (command: Reactivate, recipient: Recipient): Outcome => {
  const suppressed = recipient.unsubscribed !== undefined || recipient.complained !== undefined;
  if (!suppressed && recipient.reactivatedAfter === command.acknowledgedWarningId) return ok([]);
  const fault = faultOf(command, recipient, suppressed);
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

const faultOf = (
  command: Reactivate,
  recipient: Recipient,
  suppressed: boolean,
): RecipientRejection | undefined => {
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  if (recipient.invalid !== undefined) return REJECTIONS.invalid;
  if (recipient.restricted !== undefined) return REJECTIONS.restricted;
  if (!recipient.known) return REJECTIONS.unknown;
  if (!suppressed) return REJECTIONS.notSuppressed;
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
