import type { Consent, PrivacyBasisKind } from '#domain/consent/index';
import type { Instant, Language, ListId, Position, RecipientId } from '#domain/kernel/index';
import type { FieldValues, RecipientStatus, TrackingMode } from '#domain/recipient/index';
import type { Document } from '#libs/read-store/change';
import type { MembershipHistory, StoredMembership } from '#projections/recipient-facts/index';

/** A recipient as the directory stores them, in clear. After an erasure nothing personal is left. */
export type DirectoryEntry = Readonly<{
  id: RecipientId;
  accountId: string;
  status: RecipientStatus;
  address?: string;
  fields?: FieldValues;
  language: Language;
  jurisdiction?: string;
  /** Where the recipient stands on each list they ever met. */
  lists: readonly StoredMembership[];
  subscribedLists: readonly ListId[];
  consent: 'express' | 'implied' | 'none';
  privacyBasis?: PrivacyBasisKind;
  /** Absent means `aggregate`, as nobody said anything else. */
  tracking?: TrackingMode;
  subscribedAt?: Instant;
  lastChangeAt: Instant;
  revision: number;
  /** Of the first event: when the account came to know the recipient. */
  createdPosition: Position;
}>;

type ConsentFact = Consent extends infer C ? Omit<C & Consent, 'revision'> : never;

/** What the projection keeps beside the entry, to derive it from. */
export type DirectoryFacts = MembershipHistory &
  Readonly<{
    address?: string;
    fields?: FieldValues;
    language?: Language;
    /** By revision, `r12`. */
    consents?: Readonly<Record<string, ConsentFact>>;
    subscriptions?: Readonly<Record<string, Instant>>;
    unsubscribedAt?: Instant;
    invalidAt?: Instant;
    complainedAt?: Instant;
    restrictedAt?: Instant;
    erasedAt?: Instant;
  }>;

export const directoryEntry = (document: Document): DirectoryEntry =>
  document as unknown as DirectoryEntry;
