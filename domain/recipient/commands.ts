import type { CivilDate, Clear, Instant, Language, ListId } from '#domain/kernel/index';
import type { ConsentGrant, OrganisationType, PrivacyBasisKind } from '#domain/consent/index';
import type { ConsentProof, FieldValue, FieldValues } from './events.ts';

/** Who acts: the person behind the address, or the client (API, import, console) on their behalf (C-27). */
export type Via = 'person' | 'client';

/** What each command carries: the clock, and the day it is where the account is. */
export type At = Readonly<{ now: Instant; today: CivilDate; timeZone: string }>;

export type GrantWithProof = Readonly<{ grant: ConsentGrant; proof: Clear<ConsentProof> }>;

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
export type WithdrawConsent = At & Readonly<{ type: 'WithdrawConsent' }>;
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
  }>;
export type InvalidateAddress = At &
  Readonly<{
    type: 'InvalidateAddress';
    cause: 'import' | 'bounce';
    since: Instant;
    unknown?: Unsubscribe['unknown'];
  }>;
export type Erase = At & Readonly<{ type: 'Erase'; reason: Clear<string> }>;

export type RecipientCommand =
  | Subscribe
  | ConfirmSubscription
  | JoinLists
  | LeaveLists
  | RecordConsent
  | WithdrawConsent
  | RecordPrivacyBasis
  | ChangeLanguage
  | ChangeProfile
  | Unsubscribe
  | Reactivate
  | InvalidateAddress
  | Erase;
