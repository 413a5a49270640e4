import type { CivilDate } from '#domain/kernel/index';

/** Why a message is allowed without express consent: rows 2 to 15 of CASL's decision table, referral excepted. */
export const IMPLIED_BASES = [
  'purchase',
  'business-opportunity',
  'barter',
  'contract',
  'inquiry',
  'ongoing-account',
  'donation',
  'volunteer',
  'membership',
  'published-address',
  'disclosed-address',
  'employee',
  'organisation-relationship',
] as const;
export type ImpliedBasis = (typeof IMPLIED_BASES)[number];

export const ORGANISATION_TYPES = [
  'commercial',
  'registered-charity',
  'non-profit-association',
  'political',
  'public-body',
] as const;
export type OrganisationType = (typeof ORGANISATION_TYPES)[number];

export const REGIMES = ['casl', 'law25', 'gdpr'] as const;
export type Regime = (typeof REGIMES)[number];

/** Basis to use the data under privacy law; a record apart from the permission to send (P-01). */
export const PRIVACY_BASES = ['express', 'informed-at-collection', 'business-contact'] as const;
export type PrivacyBasisKind = (typeof PRIVACY_BASES)[number];

/**
 * A permission to send as the ledger knows it. `date` is the civil date that the law's clock starts on.
 * `revision` names the event of the recipient's stream that says so.
 */
export type Consent =
  | Readonly<{ kind: 'express'; date: CivilDate; revision: number }>
  | Readonly<{
      kind: 'implied';
      basis: ImpliedBasis;
      date: CivilDate;
      /** An end that the account set, shorter than the law's. */
      expiresOn?: CivilDate;
      revision: number;
    }>;

/** A permission that somebody wants to record, before it is checked. */
export type ConsentGrant =
  | Readonly<{ kind: 'express'; date: CivilDate }>
  | Readonly<{ kind: 'implied'; basis: ImpliedBasis; date: CivilDate; expiresOn?: CivilDate }>;
