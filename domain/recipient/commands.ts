import type {
  CivilDate,
  Clear,
  ImportId,
  Instant,
  Language,
  ListId,
  NewsletterId,
} from '#domain/kernel/index';
import type {
  ConsentGrant,
  EvidenceKey,
  OrganisationType,
  PrivacyBasisKind,
  RejectedClaim,
  SendingAccount,
} from '#domain/consent/index';
import type { ConsentProof, FieldValue, FieldValues } from './events.ts';
import type { ConsentedTracking, UnconsentedTracking } from './tracking.ts';

/** Who acts: the person behind the address, or the client (API, import, console) on their behalf (C-27). */
export type Via = 'person' | 'client';

/** What each command carries: the clock, and the day it is where the account is. */
export type At = Readonly<{ now: Instant; today: CivilDate; timeZone: string }>;

export type GrantWithProof = Readonly<{
  grant: ConsentGrant;
  proof: Clear<ConsentProof>;
  /** What of the proof and beside it is there (`presentEvidence`). */
  evidence: ReadonlySet<EvidenceKey>;
}>;

export type Subscribe = At &
  Readonly<{
    type: 'Subscribe';
    via: Via;
    /** Normalised (P-30). */
    address: Clear<string>;
    /** Kept when absent and the recipient is known; `defaultLanguage` for a new one. */
    language?: Language;
    defaultLanguage: Language;
    /** Values to set; null removes one. Checked against the account's definitions by the caller. */
    fields: Clear<Readonly<Record<string, FieldValue | null>>>;
    listIds: readonly ListId[];
    optIn: 'single' | 'double';
    jurisdiction?: string;
    privacyBasis?: PrivacyBasisKind;
    /** Of a client: recorded at once. Of a person: express, and at double opt-in once confirmed. */
    consent?: GrantWithProof;
    /** What an import claimed and could not show; recorded in place of a consent (C-08, C-19). */
    rejectedClaim?: Omit<RejectedClaim, 'revision'>;
    organisationType: OrganisationType;
    /** When the subscription began; `now` unless an import says an earlier instant. */
    since: Instant;
  }>;
export type ConfirmSubscription = At &
  Readonly<{
    type: 'ConfirmSubscription';
    /** Instant of the request that the link belongs to. */ requestedAt: Instant;
  }>;
export type JoinLists = At & Readonly<{ type: 'JoinLists'; via: Via; listIds: readonly ListId[] }>;
export type LeaveLists = At &
  Readonly<{ type: 'LeaveLists'; via: Via; listIds: readonly ListId[] }>;
export type RecordConsent = At &
  GrantWithProof &
  Readonly<{ type: 'RecordConsent'; organisationType: OrganisationType }>;
/** The person agrees on a page of their own, in answer to a request (CON-5). */
export type GiveConsent = At & Readonly<{ type: 'GiveConsent'; proof: Clear<ConsentProof> }>;
export type WithdrawConsent = At & Readonly<{ type: 'WithdrawConsent' }>;
/** A request for express consent went out. Names the account, as the request is a message itself (C-01). */
export type RequestConsent = At &
  Readonly<{
    type: 'RequestConsent';
    account: SendingAccount;
    /** Which of the automatic requests; absent for the block inside a newsletter. */
    daysBefore?: number;
    /** The newsletter that carries the request, in the last days before the end only; 0 for never. */
    newsletter?: Readonly<{ id: NewsletterId; withinDays: number }>;
  }>;
export type RefuseConsent = At & Readonly<{ type: 'RefuseConsent' }>;
export type ExpireConsents = At & Readonly<{ type: 'ExpireConsents' }>;
export type GiveTrackingConsent = At &
  Readonly<{
    type: 'GiveTrackingConsent';
    via: Via;
    mode: ConsentedTracking;
    date: CivilDate;
    proof: Clear<ConsentProof>;
    evidence: ReadonlySet<EvidenceKey>;
  }>;
export type WithdrawTrackingConsent = At &
  Readonly<{ type: 'WithdrawTrackingConsent'; via: Via; mode: UnconsentedTracking }>;
export type RecordPrivacyBasis = At &
  Readonly<{ type: 'RecordPrivacyBasis'; kind: PrivacyBasisKind }>;
export type ChangeLanguage = At & Readonly<{ type: 'ChangeLanguage'; language: Language }>;
export type ChangeProfile = At &
  Readonly<{
    type: 'ChangeProfile';
    fields: Clear<Readonly<Record<string, FieldValue | null>>>;
    jurisdiction?: string;
  }>;
export type Unsubscribe = At &
  Readonly<{
    type: 'Unsubscribe';
    scope: 'all' | readonly ListId[];
    reason?: Clear<string>;
    /** When the person asked; `now` unless an import says an earlier instant. */
    since: Instant;
    /** The import that says so; absent where the person or a client asks. */
    statedBy?: ImportId;
    /** For an address that is not known yet (an imported suppression): what to record it under. */
    unknown?: Readonly<{
      address: Clear<string>;
      fields: Clear<FieldValues>;
      language: Language;
      listIds: readonly ListId[];
      subscribedAt: Instant;
      jurisdiction?: string;
    }>;
  }>;
export type Reactivate = At &
  GrantWithProof &
  Readonly<{
    type: 'Reactivate';
    acknowledgedWarningId: string;
    reason: Clear<string>;
    organisationType: OrganisationType;
    /** Only an administrator brings back whoever complained (C-27). */
    authority: 'admin' | 'member';
  }>;
export type InvalidateAddress = At &
  Readonly<{
    type: 'InvalidateAddress';
    cause: 'import' | 'bounce';
    since: Instant;
    statedBy?: ImportId;
    unknown?: Unsubscribe['unknown'];
  }>;
/** By the operator, with the evidence that the address works (P-07). */
export type ClearInvalidity = At & Readonly<{ type: 'ClearInvalidity'; reason: Clear<string> }>;
export type RecordComplaint = At &
  Readonly<{
    type: 'RecordComplaint';
    source: 'feedback-report' | 'operator';
    /** When the person complained. */
    since: Instant;
  }>;
export type RestrictProcessing = At &
  Readonly<{ type: 'RestrictProcessing'; reason: Clear<string> }>;
export type LiftRestriction = At & Readonly<{ type: 'LiftRestriction'; reason: Clear<string> }>;
export type Erase = At & Readonly<{ type: 'Erase'; reason: Clear<string> }>;

export type RecipientCommand =
  | Subscribe
  | ConfirmSubscription
  | JoinLists
  | LeaveLists
  | RecordConsent
  | GiveConsent
  | WithdrawConsent
  | RequestConsent
  | RefuseConsent
  | ExpireConsents
  | GiveTrackingConsent
  | WithdrawTrackingConsent
  | RecordPrivacyBasis
  | ChangeLanguage
  | ChangeProfile
  | Unsubscribe
  | Reactivate
  | InvalidateAddress
  | ClearInvalidity
  | RecordComplaint
  | RestrictProcessing
  | LiftRestriction
  | Erase;
