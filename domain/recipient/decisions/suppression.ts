import type { ImportId, ListId } from '#domain/kernel/index';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { StatedFact } from '../events.ts';
import type { Recipient } from '../state.ts';

/**
 * Why a client (an import, an API call, the console) may do nothing for this person: suppression beats
 * them all (IMP-4, UNS-5, C-27). The weightiest reason, or undefined.
 */
export const suppressionOf = (recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.erased !== undefined) return REJECTIONS.erased;
  if (recipient.invalid !== undefined) return REJECTIONS.invalid;
  if (recipient.complained !== undefined) return REJECTIONS.complained;
  if (recipient.restricted !== undefined) return REJECTIONS.restricted;
  return recipient.unsubscribed === undefined ? undefined : REJECTIONS.unsubscribed;
};

/** What even the person cannot undo on a page: the address does not work, or its use is suspended. */
export const barrierForPerson = (recipient: Recipient): RecipientRejection | undefined => {
  if (recipient.invalid !== undefined) return REJECTIONS.invalid;
  return recipient.restricted === undefined ? undefined : REJECTIONS.restricted;
};

/** Suppressions that the person lifts by confirming a new subscription (C-27). */
export const isLiftedByConfirming = (recipient: Recipient): boolean =>
  recipient.unsubscribed !== undefined ||
  recipient.complained !== undefined ||
  recipient.erased !== undefined;

export const leftByPerson = (recipient: Recipient, listIds: readonly ListId[]): boolean =>
  listIds.some((listId) => recipient.lists.get(listId)?.status === 'unsubscribed');

/**
 * Whether a suppression needs no other event to hold. What only an import says is said again by whoever else
 * says so: an undo of that import must not lift it then.
 */
export const isSaidAlready = (
  { statedBy }: { readonly statedBy?: ImportId },
  before: StatedFact,
): boolean => before.statedBy === undefined || before.statedBy === statedBy;

/** A list that ended with an unsubscription which only an import says. */
export const isLeftByImport = (listId: ListId, { lists, unsubscribed }: Recipient): boolean =>
  unsubscribed?.statedBy !== undefined && lists.get(listId)?.revision === unsubscribed.revision;
