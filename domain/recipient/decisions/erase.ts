import { clear, isShredded, ok, refuse } from '#domain/kernel/index';
import type { Erase } from '../commands.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';

/** Once; again only where the person came back meanwhile and left new data (P-28). */
export const erase = ({ reason, now }: Erase, recipient: Recipient): Outcome => {
  if (recipient.revision < 0) return refuse(REJECTIONS.unknown);
  if (recipient.erased !== undefined && isShredded(recipient.address)) return ok([]);
  return ok([
    { type: 'RecipientErased', data: { at: now }, personal: clear({ reason: reason.reveal() }) },
  ]);
};
