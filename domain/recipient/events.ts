import type {
  CivilDate,
  Event,
  Instant,
  Language,
  ListId,
  PersonalEvent,
} from '#domain/kernel/index';
import type { ImpliedBasis, PrivacyBasisKind } from '#domain/consent/index';

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
export type ConsentWithdrawn = Event<'ConsentWithdrawn', { date: CivilDate; at: Instant }>;
export type PrivacyBasisRecorded = Event<
  'PrivacyBasisRecorded',
  { kind: PrivacyBasisKind; at: Instant }
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
  { cause: 'import' | 'bounce'; at: Instant }
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
  | ConsentWithdrawn
  | PrivacyBasisRecorded
  | LanguageChanged
  | ProfileChanged
  | RecipientUnsubscribed
  | RecipientReactivated
  | AddressInvalidated
  | RecipientErased;
