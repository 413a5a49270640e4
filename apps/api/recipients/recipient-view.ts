import { lastLawfulDay, type Consent } from '#domain/consent/index';
import { isShredded, type CivilDate } from '#domain/kernel/index';
import { statusOf, type Recipient } from '#domain/recipient/index';
import type { Opening } from '#libs/ledger/index';
import type {
  ConsentAnswer,
  MembershipAnswer,
  RecipientAnswer,
  RemarkAnswer,
} from './recipient.dto.ts';

const MASK = '•';

/** The events whose personal parts a view shows; proofs and reasons stay closed. */
export const FOR_VIEWS: Opening = {
  opens: new Set(['RecipientSubscribed', 'ProfileChanged', 'ImportChangesUndone']),
};

const membershipsOf = ({ lists }: Recipient): MembershipAnswer[] =>
  [...lists].flatMap(([listId, { status, since }]) =>
    status === 'left' ? [] : [{ listId, status, since }],
  );

/** Express before implied; of several implied ones the one that lasts longest. */
const strongest = (consents: readonly Consent[]): Consent | undefined =>
  consents.find(({ kind }) => kind === 'express') ??
  [...consents].sort((a, b) => (endOf(a) < endOf(b) ? 1 : -1))[0];

const NEVER = '9999-12-31';
const endOf = (consent: Consent): CivilDate | typeof NEVER => lastLawfulDay(consent) ?? NEVER;

/** What is on record as lapsed is none any more. */
const consentOf = ({ consents, ended }: Recipient): ConsentAnswer => {
  const consent = strongest(consents.filter(({ revision }) => ended.get(revision) !== 'expired'));
  if (consent === undefined) return { kind: 'none' };
  const lastDay = lastLawfulDay(consent);
  return {
    kind: consent.kind,
    ...(consent.kind === 'implied' && { basis: consent.basis }),
    date: consent.date,
    ...(lastDay !== undefined && { lastDay }),
  };
};

/** What the person's own data say; masked once they are erased. */
const personalOf = ({ address, fields }: Recipient) => ({
  email: isShredded(address) ? MASK : address.reveal(),
  fields: isShredded(fields) ? {} : { ...fields.reveal() },
  ...(isShredded(address) && { masked: ['email', 'fields'] }),
});

/** A recipient as the account sees them (api.md, "Answers in full"). */
export const recipientView = (
  id: string,
  recipient: Recipient,
  remarks: readonly RemarkAnswer[] = [],
): RecipientAnswer => {
  const { language, jurisdiction, privacyBasis, tracking, subscribedAt, lastChangeAt } = recipient;
  return {
    id,
    ...personalOf(recipient),
    language,
    status: statusOf(recipient),
    ...(jurisdiction !== undefined && { jurisdiction }),
    lists: membershipsOf(recipient),
    consent: consentOf(recipient),
    ...(privacyBasis !== undefined && { privacyBasis: { kind: privacyBasis.kind } }),
    tracking,
    ...(subscribedAt !== undefined && { subscribedAt }),
    ...(lastChangeAt !== undefined && { lastChangeAt }),
    ...(remarks.length > 0 && { remarks: [...remarks] }),
    revision: recipient.revision,
  };
};
