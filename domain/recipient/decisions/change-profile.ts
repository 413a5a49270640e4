import { ok, refuse } from '#domain/kernel/index';
import type { ChangeLanguage, ChangeProfile } from '../commands.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import { languageChange, profileChanges } from './profile-changes.ts';

/** Correcting data is a person's right, so an unsubscription does not stand in its way. */
export const changeProfile = (
  { fields, jurisdiction, now }: ChangeProfile,
  recipient: Recipient,
): Outcome => {
  const fault = nobodyThere(recipient);
  return fault === undefined
    ? ok(profileChanges(recipient, fields, jurisdiction, now))
    : refuse(fault);
};

export const changeLanguage = (
  { language, now }: ChangeLanguage,
  recipient: Recipient,
): Outcome => {
  const fault = nobodyThere(recipient);
  return fault === undefined ? ok(languageChange(recipient, language, now)) : refuse(fault);
};

const nobodyThere = (recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  return recipient.known ? undefined : REJECTIONS.unknown;
};
