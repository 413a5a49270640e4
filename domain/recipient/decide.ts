import type { RecipientCommand } from './commands.ts';
import { recordConsent, recordPrivacyBasis, withdrawConsent } from './decisions/change-consent.ts';
import { giveConsent } from './decisions/give-consent.ts';
import { joinLists, leaveLists } from './decisions/change-lists.ts';
import { changeLanguage, changeProfile } from './decisions/change-profile.ts';
import { giveTrackingConsent, withdrawTrackingConsent } from './decisions/change-tracking.ts';
import { confirmSubscription } from './decisions/confirm-subscription.ts';
import { erase } from './decisions/erase.ts';
import { expireConsents } from './decisions/expire-consents.ts';
import type { Outcome } from './decisions/outcome.ts';
import { reactivate } from './decisions/reactivate.ts';
import { refuseConsent, requestConsent } from './decisions/request-consent.ts';
import { subscribe } from './decisions/subscribe.ts';
import { liftRestriction, restrictProcessing } from './decisions/restrict.ts';
import {
  clearInvalidity,
  invalidateAddress,
  recordComplaint,
  unsubscribe,
} from './decisions/suppress.ts';
import type { Recipient } from './state.ts';

export const decide = (command: RecipientCommand, recipient: Recipient): Outcome => {
  switch (command.type) {
    case 'Subscribe':
      return subscribe(command, recipient);
    case 'ConfirmSubscription':
      return confirmSubscription(command, recipient);
    case 'JoinLists':
      return joinLists(command, recipient);
    case 'LeaveLists':
      return leaveLists(command, recipient);
    case 'RecordConsent':
      return recordConsent(command, recipient);
    case 'GiveConsent':
      return giveConsent(command, recipient);
    case 'WithdrawConsent':
      return withdrawConsent(command, recipient);
    case 'RequestConsent':
      return requestConsent(command, recipient);
    case 'RefuseConsent':
      return refuseConsent(command, recipient);
    case 'ExpireConsents':
      return expireConsents(command, recipient);
    case 'GiveTrackingConsent':
      return giveTrackingConsent(command, recipient);
    case 'WithdrawTrackingConsent':
      return withdrawTrackingConsent(command, recipient);
    case 'RecordPrivacyBasis':
      return recordPrivacyBasis(command, recipient);
    case 'ChangeLanguage':
      return changeLanguage(command, recipient);
    case 'ChangeProfile':
      return changeProfile(command, recipient);
    case 'Unsubscribe':
      return unsubscribe(command, recipient);
    case 'Reactivate':
      return reactivate(command, recipient);
    case 'InvalidateAddress':
      return invalidateAddress(command, recipient);
    case 'ClearInvalidity':
      return clearInvalidity(command, recipient);
    case 'RecordComplaint':
      return recordComplaint(command, recipient);
    case 'RestrictProcessing':
      return restrictProcessing(command, recipient);
    case 'LiftRestriction':
      return liftRestriction(command, recipient);
    case 'Erase':
      return erase(command, recipient);
  }
};
