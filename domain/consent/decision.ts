import type { Bilingual, CivilDate, Instant, ListId } from '#domain/kernel/index';
import {
  REGIMES,
  type Consent,
  type ImpliedBasis,
  type OrganisationType,
  type PrivacyBasisKind,
  type Regime,
} from './consent.ts';
import type { EvidenceGroupCode } from './table/evidence.ts';

/** `reply` covers what CASL puts outside section 6: answers to a request, such as a confirmation mail. */
export const MESSAGE_CLASSES = ['commercial', 'transactional', 'reply'] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];

/** A fact about a recipient and the revision of the event that says so. */
export type Fact = Readonly<{ since: Instant; revision: number }>;

export type Membership = Fact &
  Readonly<{ status: 'subscribed' | 'unconfirmed' | 'unsubscribed' | 'left' }>;

/** What the decision needs to know of a recipient. `domain/recipient` derives it from the ledger. */
export type Standing = Readonly<{
  known: boolean;
  erased?: Fact;
  invalid?: Fact;
  complained?: Fact;
  restricted?: Fact;
  unsubscribed?: Fact;
  lists: ReadonlyMap<ListId, Membership>;
  consents: readonly Consent[];
  /** The day on which consent was last withdrawn, by leaving everything too. */
  withdrawnOn?: CivilDate;
  /** A subscription that waits for the person to confirm it. */
  pending?: Readonly<{ revision: number }>;
  /** A form was submitted after an erasure and waits for confirmation; `erased` still holds. */
  returning?: Fact;
  privacyBasis?: Readonly<{ kind: PrivacyBasisKind; revision: number }>;
  jurisdiction?: string;
  /** Permissions that somebody claimed and that could not stand: no consent, and why (C-07, C-08). */
  rejectedClaims?: readonly RejectedClaim[];
}>;

/** A claim of consent that was turned down. `missing` holds codes of groups of evidence. */
export type RejectedClaim = Readonly<{
  kind: 'express' | 'implied';
  basis?: ImpliedBasis;
  /** Why: the stable code of the refusal. */
  code: string;
  missing: readonly EvidenceGroupCode[];
  revision: number;
}>;

/** What the decision needs to know of the account that sends. */
export type SendingAccount = Readonly<{
  timeZone: string;
  regimes: readonly Regime[];
  organisationType: OrganisationType;
}>;

/** What is to be sent. With no lists, the question is whether we may write at all. */
export type MessageScope = Readonly<{ class: MessageClass; listIds: readonly ListId[] }>;

export const REASON_CODES = [
  'express-consent',
  'implied-consent',
  'consent-expired',
  'no-consent',
  'not-before-next-day',
  'unsubscribed-all',
  'unsubscribed-list',
  'not-on-list',
  'unconfirmed',
  'complaint',
  'invalid-address',
  'erased',
  'restricted',
  'privacy-basis',
  'no-privacy-basis',
  'soft-opt-in',
  'foreign-law',
  'basis-not-available',
  'evidence-missing',
  'transactional',
  'reply',
  'unknown-recipient',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** The law that a reason speaks for; `foreign` is that of a state other than Canada and the European Union's. */
export const REASON_REGIMES = [...REGIMES, 'foreign'] as const;
export type ReasonRegime = (typeof REASON_REGIMES)[number];

/** One reason of a decision: the rule of the product, the section of law, and the events it rests on. */
export type Reason = Readonly<{
  code: ReasonCode;
  regime: ReasonRegime;
  rule: string;
  section: string;
  text: Bilingual;
  revisions: readonly number[];
}>;

/** The answer to "may we write to this person now?" (CON-6). */
export type Decision = Readonly<{
  allow: boolean;
  at: Instant;
  basis?: 'express' | ImpliedBasis | 'transactional' | 'reply';
  /** The last lawful day of an implied basis, inclusive; absent when there is no end. */
  lastDay?: CivilDate;
  reasons: readonly Reason[];
}>;
