import type { Membership } from '#domain/consent/index';
import { isShredded, type JsonObject } from '#domain/kernel/index';
import type { FieldValue, RestoredConsent, StatedFact } from '../events.ts';
import type { PendingConfirmation, Recipient } from '../state.ts';

/** What of a recipient can change by itself, each with its value. What there is not has no entry. */
export type Aspects = ReadonlyMap<string, unknown>;

/** The values behind the names, for those that an undo sets again. */
export type AspectValues = Readonly<{
  language: Recipient['language'];
  jurisdiction: string;
  privacyBasis: NonNullable<Recipient['privacyBasis']>;
  unsubscribed: StatedFact;
  withdrawnOn: NonNullable<Recipient['withdrawnOn']>;
  invalid: StatedFact;
  confirmedRequest: NonNullable<Recipient['confirmedRequest']>;
  rejectedClaims: NonNullable<Recipient['rejectedClaims']>;
  pending: Omit<PendingConfirmation, 'proof'> & { readonly proof: JsonObject };
}>;
export type SingleAspect = keyof AspectValues;

/** Many of a kind are named by what tells them apart. */
export const FIELD = 'fields.';
export const LIST = 'lists.';
export const CONSENT = 'consents.';
/** That the person is known at all, and under which address. */
export const KNOWN = 'recipient';

export type ManyValues = Readonly<{
  field: FieldValue;
  list: Membership;
  consent: RestoredConsent;
}>;

export const aspectsOf = (recipient: Recipient): Aspects => {
  const aspects = new Map<string, unknown>();
  const { address, subscribedAt, language, known } = recipient;
  if (known) {
    const text = isShredded(address) ? null : address.reveal();
    aspects.set(KNOWN, { address: text, subscribedAt });
  }
  aspects.set('language', language);
  for (const [name, value] of Object.entries(singles(recipient))) {
    if (value !== undefined) aspects.set(name, value);
  }
  const fields = isShredded(recipient.fields) ? {} : recipient.fields.reveal();
  for (const [key, value] of Object.entries(fields)) aspects.set(`${FIELD}${key}`, value);
  for (const [listId, membership] of recipient.lists) aspects.set(`${LIST}${listId}`, membership);
  for (const consent of recipient.consents) {
    const ended = recipient.ended.get(consent.revision);
    const value: RestoredConsent = { consent, ...(ended !== undefined && { ended }) };
    aspects.set(`${CONSENT}${String(consent.revision)}`, value);
  }
  return aspects;
};

const singles = (recipient: Recipient): object => {
  const { jurisdiction, privacyBasis, unsubscribed, withdrawnOn, invalid } = recipient;
  const { confirmedRequest, rejectedClaims } = recipient;
  const { complained, restricted, tracking, trackingWithdrawn, refused } = recipient;
  return {
    jurisdiction,
    privacyBasis,
    unsubscribed,
    withdrawnOn,
    invalid,
    confirmedRequest,
    rejectedClaims,
    pending: pendingOf(recipient),
    complained,
    restricted,
    tracking,
    trackingWithdrawn,
    refused,
  };
};

const pendingOf = ({ pending }: Recipient): object | undefined =>
  pending && {
    ...pending,
    proof: isShredded(pending.proof) ? {} : pending.proof.reveal(),
  };
