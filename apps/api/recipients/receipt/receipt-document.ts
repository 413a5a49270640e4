import type { AccountTerms } from '#domain/account/index';
import type { ImpliedBasis, PrivacyBasisKind, Regime } from '#domain/consent/index';
import type { Actor, Bilingual, Channel, CivilDate, Instant, Texts } from '#domain/kernel/index';
import type { EntryState, EntryType, RecordName, TrackingMode } from '#domain/recipient/index';

/** Says which description a receipt follows. A change of meaning makes a new one. */
export const RECEIPT_VERSION = 'attesta-consent-receipt-1';

// Members have the names of ISO/IEC TS 27560:2023, where it has one: a receipt is a document of its own, and
// is read by others than those who read the rest of the API. See docs/adr/0019.

/** What the account has not said, and what holds then. */
export type NotStated = Readonly<{ stated: false; note: Bilingual }>;

/** The words that somebody was shown, provable by their hashes (COL-1, C-18). */
export type ReceiptNotice = Readonly<{
  wording_id: string;
  version: number;
  sha256: string;
  language?: string;
  statement_sha256?: string;
}>;

/** The same with the words, so that anybody can compute the hashes again. */
export type ReceiptNoticeInWords = ReceiptNotice &
  Readonly<{ texts?: Texts; statement?: Readonly<{ language: string; text: string }> }>;

export type ReceiptParty = Readonly<{
  party_id: string;
  party_role: 'controller' | 'processor';
  party_type: AccountTerms['organisationType'] | 'not-stated';
  party_name: string | NotStated;
  party_address: string | NotStated;
  party_email?: string;
  party_phone?: string;
  party_url?: string;
  party_contact: readonly Readonly<{
    contact_type: 'privacy-officer';
    contact_name: string;
    contact_information: string;
  }>[];
}>;

export type ReceiptPurpose = Readonly<{
  /** By language; `und` where the account gave one text for all. */
  purpose: Texts;
  purpose_type: 'direct-marketing' | 'recipient-management' | 'reading-measurement';
  /** Whose words these are: those of a wording, or the product's own where none was shown. */
  purpose_source: 'wording' | 'platform';
  pii_information: readonly Readonly<{ pii_type: string; pii_optional: boolean }>[];
  pii_controllers: readonly string[];
  storage_locations: NotStated;
  retention_period: NotStated;
  jurisdiction: Readonly<{ regimes: readonly Regime[]; pii_principal?: string }>;
  recipient_third_parties: NotStated;
  withdrawal_method: Readonly<{ description: Bilingual; email?: string }>;
}>;

/** What proves an event, without what could be used by others or names them. */
export type ReceiptEvidence = Readonly<Record<string, string | number | boolean>>;

export type ReceiptEvent = Readonly<{
  event_id: string;
  event_time: Instant;
  recorded_at: Instant;
  entity_id: string;
  entity_kind: Actor['kind'];
  channel: Channel;
  event_type: EntryType;
  event_state: EntryState;
  state_now?: EntryState;
  basis?: ImpliedBasis | PrivacyBasisKind;
  legal_source?: string;
  tracking_mode?: TrackingMode;
  dated?: CivilDate;
  validity_duration: Readonly<{ ends: boolean; first_day?: CivilDate; last_day?: CivilDate }>;
  about_events?: readonly string[];
  list_ids?: readonly string[];
  code?: string;
  privacy_notice?: ReceiptNotice;
  evidence?: ReceiptEvidence;
  evidence_withheld?: readonly string[];
}>;

export type ReceiptRecordDocument = Readonly<{
  schema_version: string;
  record_id: string;
  record_type: RecordName;
  pii_principal_id: string;
  state: EntryState | 'none';
  pii_processing: Readonly<{
    privacy_notice: readonly ReceiptNoticeInWords[];
    language: string;
    purposes: readonly ReceiptPurpose[];
  }>;
  event: readonly ReceiptEvent[];
}>;

/** A consent receipt before it is signed. */
export type ReceiptDocument = Readonly<{
  schema_version: string;
  receipt_id: string;
  issued_at: Instant;
  issued_by: string;
  /** Where the keys of the issuer are published. */
  keys_url: string;
  /** How much of the ledger it tells of. */
  drawn_from: Readonly<{ events: number; last_event_id: string; last_recorded_at: Instant }>;
  pii_principal: Readonly<{ pii_principal_id: string; email?: string; language: string }>;
  party_identification: readonly ReceiptParty[];
  records: readonly ReceiptRecordDocument[];
}>;

/** A receipt with its signature. */
export type SignedReceipt = ReceiptDocument &
  Readonly<{ proof: Readonly<{ type: 'detached-jws'; jws: string }> }>;
