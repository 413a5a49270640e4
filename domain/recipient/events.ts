import type {
  CivilDate,
  Event,
  ImportId,
  Instant,
  Language,
  ListId,
  NewsletterId,
  PersonalEvent,
} from '#domain/kernel/index';
import type {
  Consent,
  EvidenceGroupCode,
  Fact,
  ImpliedBasis,
  Membership,
  PrivacyBasisKind,
  Standing,
} from '#domain/consent/index';
import type { ConsentedTracking, UnconsentedTracking } from './tracking.ts';

/** A value of a custom field. */
export type FieldValue = string | number | boolean;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** What proves a consent. Free text can name people, so all of it is personal. */
export type ConsentProof = Readonly<{
  method?: string;
  source?: string;
  reference?: string;
  document?: string;
  url?: string;
  snapshotHash?: string;
  noRefusalChecked?: boolean;
  relevance?: string;
  by?: string;
  how?: string;
  attestedBy?: string;
}>;

/** An express consent that a person gave on a form, and that counts once they confirm their address. */
export type PendingConsent = Readonly<{ proof: ConsentProof }>;

// The names below are the storage format: never rename one, add a version in codec.ts instead.
export type RecipientSubscribed = PersonalEvent<
  'RecipientSubscribed',
  {
    listIds: readonly ListId[];
    optIn: 'single' | 'double';
    language: Language;
    jurisdiction?: string;
    /** True when confirming also gives express consent (the person ticked the box of the form). */
    consentOnConfirmation?: boolean;
    at: Instant;
  },
  { address: string; fields: FieldValues; proof?: ConsentProof }
>;
export type SubscriptionConfirmed = Event<
  'SubscriptionConfirmed',
  { listIds: readonly ListId[]; liftsSuppression: boolean; at: Instant }
>;
export type ListsJoined = PersonalEvent<
  'ListsJoined',
  {
    listIds: readonly ListId[];
    optIn: 'single' | 'double';
    consentOnConfirmation?: boolean;
    at: Instant;
  },
  { proof?: ConsentProof }
>;
export type ListsLeft = Event<'ListsLeft', { listIds: readonly ListId[]; at: Instant }>;
export type ExpressConsentGiven = PersonalEvent<
  'ExpressConsentGiven',
  {
    date: CivilDate;
    timeZone: string;
    /** When the person confirmed their address, for a double opt-in. */
    confirmedAt?: Instant;
    at: Instant;
  },
  { proof: ConsentProof }
>;
export type ImpliedConsentRecorded = PersonalEvent<
  'ImpliedConsentRecorded',
  {
    basis: ImpliedBasis;
    date: CivilDate;
    expiresOn?: CivilDate;
    timeZone: string;
    at: Instant;
  },
  { proof: ConsentProof }
>;
/** A renewal of the same basis took the place of the consent that this revision recorded (row 2: "renewed by"). */
export type ConsentSuperseded = Event<
  'ConsentSuperseded',
  { revision: number; basis: ImpliedBasis; at: Instant }
>;
/** Said once of each implied consent that lapsed. The decision never waits for it: the clock is enough (C-15). */
export type ConsentExpired = Event<
  'ConsentExpired',
  { revision: number; basis: ImpliedBasis; lastDay: CivilDate; at: Instant }
>;
/** An import or a call claimed a consent that cannot stand: nothing allows writing because of it (C-08, C-19). */
export type ConsentClaimRejected = Event<
  'ConsentClaimRejected',
  {
    kind: 'express' | 'implied';
    basis?: ImpliedBasis;
    code: string;
    /** Groups of evidence that were not shown, in the order of the decision table. */
    missing: readonly EvidenceGroupCode[];
    at: Instant;
  }
>;
/** A request for express consent went out before the implied one lapsed (CON-4, C-16). */
export type ConsentRequested = Event<
  'ConsentRequested',
  {
    /** The last lawful day of what allowed the request. */
    lastDay: CivilDate;
    /** Which of the automatic requests it was; absent for the block inside a newsletter. */
    daysBefore?: number;
    /** The newsletter that carried the request; absent for a mail of its own. */
    newsletterId?: NewsletterId;
    at: Instant;
  }
>;
/** The person does not want to be asked again. What implied consent there is goes on. */
export type ConsentRefused = Event<'ConsentRefused', { date: CivilDate; at: Instant }>;
export type ConsentWithdrawn = Event<'ConsentWithdrawn', { date: CivilDate; at: Instant }>;
export type PrivacyBasisRecorded = Event<
  'PrivacyBasisRecorded',
  { kind: PrivacyBasisKind; at: Instant }
>;
/** A record of its own: no permission to send and no privacy basis implies it, nor the reverse (P-18, P-20). */
export type TrackingConsentGiven = PersonalEvent<
  'TrackingConsentGiven',
  { mode: ConsentedTracking; date: CivilDate; timeZone: string; at: Instant },
  { proof: ConsentProof }
>;
/** Back to what needs no consent, or to nothing at all. */
export type TrackingConsentWithdrawn = Event<
  'TrackingConsentWithdrawn',
  {
    mode: UnconsentedTracking;
    /** What the person turned off, a client does not turn on. */
    by: 'person' | 'client';
    date: CivilDate;
    at: Instant;
  }
>;
export type LanguageChanged = Event<
  'LanguageChanged',
  { language: Language; previous: Language; at: Instant }
>;
export type ProfileChanged = PersonalEvent<
  'ProfileChanged',
  {
    /** Keys that changed; their values are personal. */
    keys: readonly string[];
    jurisdiction?: string;
    at: Instant;
  },
  { fields: Readonly<Record<string, FieldValue | null>> }
>;
export type RecipientUnsubscribed = PersonalEvent<
  'RecipientUnsubscribed',
  {
    scope: 'all' | readonly ListId[];
    /** The day where the account is; consents dated up to it no longer count. */
    date?: CivilDate;
    /** The import that says so; absent where somebody did it. */
    statedBy?: ImportId;
    at: Instant;
  },
  { reason?: string }
>;
export type RecipientReactivated = PersonalEvent<
  'RecipientReactivated',
  { warningId: string; at: Instant },
  { reason: string }
>;
export type AddressInvalidated = Event<
  'AddressInvalidated',
  { cause: 'import' | 'bounce'; statedBy?: ImportId; at: Instant }
>;
/** A suppression. `statedBy`: it rests on the word of this import alone, which an undo takes back. */
export type StatedFact = Fact & Readonly<{ statedBy?: ImportId }>;
/** How a person stood on a list; without a membership they had never met it. */
export type RestoredMembership = Readonly<{ listId: ListId; membership?: Membership }>;
/** A consent as it stood; `ended` where a renewal or its lapse was on record. */
export type RestoredConsent = Readonly<{ consent: Consent; ended?: 'superseded' | 'expired' }>;
/**
 * What an import had changed, and nobody since, is as it was before it. What is absent was not changed back;
 * null says that there was none. Facts keep the revision of the event that said so at first.
 */
export type ImportChangesUndone = PersonalEvent<
  'ImportChangesUndone',
  {
    importId: ImportId;
    /** The import had brought the person in, and nothing else is known of them. */
    forgotten?: boolean;
    /** Of the fields that are set; their values are personal. */
    keys?: readonly string[];
    language?: Language;
    jurisdiction?: string | null;
    privacyBasis?: Readonly<{ kind: PrivacyBasisKind; revision: number }> | null;
    lists?: readonly RestoredMembership[];
    /** Revisions of consents that the import recorded. */
    consentsEnded?: readonly number[];
    /** Consents that the import ended, or renewed. */
    consentsRevived?: readonly RestoredConsent[];
    rejectedClaims?: NonNullable<Standing['rejectedClaims']> | null;
    unsubscribed?: StatedFact | null;
    withdrawnOn?: CivilDate | null;
    invalid?: StatedFact | null;
    confirmedRequest?: Instant | null;
    pending?: Readonly<{
      requestedAt: Instant;
      listIds: readonly ListId[];
      givesConsent: boolean;
      revision: number;
    }> | null;
    at: Instant;
  },
  {
    fields?: Readonly<Record<string, FieldValue | null>>;
    /** Of the request that waits again. */
    proof?: ConsentProof;
  }
>;
/** The operator found that the address works after all (P-07). Nothing allows writing until it is given anew. */
export type InvalidityCleared = PersonalEvent<
  'InvalidityCleared',
  { at: Instant },
  { reason: string }
>;
/** The person marked a message as unwanted mail: they leave everything, and are marked for it (M-27). */
export type ComplaintRecorded = Event<
  'ComplaintRecorded',
  { source: 'feedback-report' | 'operator'; date: CivilDate; at: Instant }
>;
/** Stored, not used (P-12; GDPR art. 18). */
export type ProcessingRestricted = PersonalEvent<
  'ProcessingRestricted',
  { at: Instant },
  { reason: string }
>;
export type RestrictionLifted = PersonalEvent<
  'RestrictionLifted',
  { at: Instant },
  { reason: string }
>;
export type RecipientErased = PersonalEvent<
  'RecipientErased',
  { at: Instant },
  /** Destroyed together with everything else that is personal. */
  { reason: string }
>;

export type RecipientEvent =
  | RecipientSubscribed
  | SubscriptionConfirmed
  | ListsJoined
  | ListsLeft
  | ExpressConsentGiven
  | ImpliedConsentRecorded
  | ConsentSuperseded
  | ConsentExpired
  | ConsentClaimRejected
  | ConsentRequested
  | ConsentRefused
  | ConsentWithdrawn
  | PrivacyBasisRecorded
  | TrackingConsentGiven
  | TrackingConsentWithdrawn
  | LanguageChanged
  | ProfileChanged
  | RecipientUnsubscribed
  | RecipientReactivated
  | AddressInvalidated
  | InvalidityCleared
  | ComplaintRecorded
  | ProcessingRestricted
  | RestrictionLifted
  | ImportChangesUndone
  | RecipientErased;
