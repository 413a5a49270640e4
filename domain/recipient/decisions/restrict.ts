import { clear, ok, refuse } from '#domain/kernel/index';
import type { LiftRestriction, RestrictProcessing } from '../commands.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';

/** Stored, not sent to, not in a segment (P-12; GDPR art. 18). */
export const restrictProcessing = (
  { reason, now }: RestrictProcessing,
  recipient: Recipient,
): Outcome => {
  if (recipient.erased !== undefined) return refuse(REJECTIONS.erased);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  if (recipient.restricted !== undefined) return ok([]);
  const personal = clear({ reason: reason.reveal() });
  return ok([{ type: 'ProcessingRestricted', data: { at: now }, personal }]);
};

export const liftRestriction = (
  { reason, now }: LiftRestriction,
  recipient: Recipient,
): Outcome => {
  if (recipient.erased !== undefined) return refuse(REJECTIONS.erased);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  if (recipient.restricted === undefined) return ok([]);
  const personal = clear({ reason: reason.reveal() });
  return ok([{ type: 'RestrictionLifted', data: { at: now }, personal }]);
};
