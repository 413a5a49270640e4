import { clear, ok, refuse } from '#domain/kernel/index';
import type { GiveConsent } from '../commands.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import { suppressionOf } from './suppression.ts';

/**
 * The person agrees. It counts whatever they withdrew or refused before, and after an implied consent lapsed:
 * the last day forbids to ask, not to answer (C-16). It brings nobody back who left everything: that takes a
 * new subscription (C-27). Whoever has agreed already has nothing to add.
 */
export const giveConsent = (command: GiveConsent, recipient: Recipient): Outcome => {
  const suppression = suppressionOf(recipient);
  if (suppression !== undefined) return refuse(suppression);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  if (recipient.consents.some(({ kind }) => kind === 'express')) return ok([]);
  const { proof, now, today, timeZone } = command;
  const data = { date: today, timeZone, at: now };
  const personal = clear({ proof: proof.reveal() });
  return ok([{ type: 'ExpressConsentGiven', data, personal }]);
};
