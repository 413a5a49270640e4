import { IMPLIED_BASES, ORGANISATION_TYPES, PRIVACY_BASES, REGIMES } from '#domain/consent/index';
import { AccountId, ReceiptId, RecipientId } from '#domain/kernel/index';
import { ENTRY_STATES, ENTRY_TYPES, RECORD_NAMES, TRACKING_MODES } from '#domain/recipient/index';
import { RECEIPT_VERSION } from './receipt-document.ts';
import {
  day,
  either,
  flag,
  instant,
  list,
  object,
  oneOf,
  sha256,
  text,
  whole,
  type Schema,
} from './schema-parts.ts';

// The names after "27560:" are those of ISO/IEC TS 27560:2023, the ones after "DPV:" those of the W3C community
// group's Data Privacy Vocabulary 2, as its guide on that specification maps them. dct: is Dublin Core.

const id = ({ prefix }: { prefix: string }, description: string): Schema =>
  text(description, { pattern: `^${prefix}_[0-9a-z]{26}$` });

const version = {
  const: RECEIPT_VERSION,
  description:
    'The description that this follows; a verifier refuses any other. 27560: schema_version. DPV: dct:conformsTo.',
};

const bilingual = (description: string): Schema =>
  object(description, { fr: text('In French.'), en: text('In English.') });

const notStated = object('Something that the account has not said, and what holds then.', {
  stated: { const: false },
  note: bilingual('What holds, in words.'),
});

const NOTICE = {
  wording_id: text('The wording.'),
  version: whole('Its version; a version never changes.', 1),
  sha256: sha256(
    'SHA-256 of the canonical JSON (RFC 8785) of the texts of that version, by language.',
  ),
};

const NOTICE_AS_SHOWN = {
  language: text('Of the words that were read (BCP 47).'),
  statement_sha256: sha256(
    'SHA-256 of the canonical JSON of {language, text}: the whole request as the page showed it.',
  ),
};

const notice = object(
  'Words that the person was shown. 27560: privacy_notice. DPV: dpv:hasNotice, dpv:ConsentNotice.',
  NOTICE,
  NOTICE_AS_SHOWN,
);

const noticeInWords = object('Words that the person was shown, and what they were.', NOTICE, {
  ...NOTICE_AS_SHOWN,
  texts: {
    type: 'object',
    minProperties: 1,
    additionalProperties: { type: 'string' },
    description: 'The texts of the version by language: what `sha256` is of.',
  },
  statement: object('The whole request as the page showed it: what `statement_sha256` is of.', {
    language: text('BCP 47.'),
    text: text('Word for word.'),
  }),
});

const party = object(
  'Somebody who takes part. 27560: party_identification. DPV: dpv:hasDataController, dpv:hasDataProcessor.',
  {
    party_id: text('The account, or a name where the party has none. 27560: party_id.'),
    party_role: oneOf(['controller', 'processor'], '27560: party_role.'),
    party_type: oneOf([...ORGANISATION_TYPES, 'not-stated'], '27560: party_type.'),
    party_name: either('27560: party_name. DPV: dpv:hasName.', text('The name.'), notStated),
    party_address: either(
      'A postal address. 27560: party_address. DPV: dpv:hasAddress.',
      text('The address.'),
      notStated,
    ),
    party_contact: list(
      object('A contact.', {
        contact_type: { const: 'privacy-officer' },
        contact_name: text('The title of the person in charge of personal information.'),
        contact_information: text('An e-mail address.'),
      }),
      '27560: party_contact. DPV: dpv:hasContact.',
    ),
  },
  {
    party_email: text('27560: party_email.'),
    party_phone: text('27560: party_phone.'),
    party_url: text('27560: party_url.'),
  },
);

const purpose = object('What the data are used for. DPV: dpv:hasPurpose.', {
  purpose: {
    type: 'object',
    minProperties: 1,
    additionalProperties: { type: 'string' },
    description:
      'In words, by language; `und` where the account gave one text for all. 27560: purpose.',
  },
  purpose_type: oneOf(
    ['direct-marketing', 'recipient-management', 'reading-measurement'],
    '27560: purpose_type. DPV: dpv:DirectMarketing for the first.',
  ),
  purpose_source: oneOf(
    ['wording', 'platform'],
    'Whose words the purpose is in: those of a wording that was shown, or the product’s own.',
  ),
  pii_information: list(
    object('Data of one type.', {
      pii_type: text('27560: pii_type. DPV: dpv:hasPersonalData.'),
      pii_optional: flag('27560: pii_optional.'),
    }),
    'Types of data, never their values; none where nothing about the one person is kept.',
  ),
  pii_controllers: list(text('A party_id.'), '27560: pii_controllers.', { minItems: 1 }),
  storage_locations: notStated,
  retention_period: notStated,
  jurisdiction: object(
    '27560: jurisdiction. DPV: dpv:hasJurisdiction.',
    { regimes: list(oneOf(REGIMES, 'A body of law.'), 'Those that the account works under.') },
    { pii_principal: text('Where the person is (ISO 3166), as far as it is known.') },
  ),
  recipient_third_parties: notStated,
  withdrawal_method: object(
    'How the person ends it. 27560: withdrawal_method. DPV: dpv:hasConsentControl.',
    { description: bilingual('In words.') },
    { email: text('Where to write.') },
  ),
});

const evidence = {
  type: 'object',
  minProperties: 1,
  additionalProperties: { type: ['string', 'integer', 'boolean'] },
  description:
    'What proves it, as it was recorded: references and how it was given. Addresses of pages come without query and fragment.',
};

const event = object(
  'One thing that happened. 27560: event.',
  {
    event_id: text('The event in the ledger.', { format: 'uuid' }),
    event_time: instant('When it happened. 27560: event_time. DPV: dpv:isIndicatedAtTime.'),
    recorded_at: instant('When the ledger took it in.'),
    entity_id: text('Who did it: the person, or the account. 27560: entity_id.'),
    entity_kind: oneOf(
      ['recipient', 'user', 'staff', 'operator', 'api-client', 'system'],
      'By whose hand.',
    ),
    channel: text('By which way it came. DPV: dpv:hasIndicationMethod.'),
    event_type: oneOf(
      ENTRY_TYPES,
      '27560: event_type. `implied` is that of CASL s. 10(9): a relationship, and not dpv:ImpliedConsent, which is an act of the person. `without-consent` is a basis that needs none.',
    ),
    event_state: oneOf(
      ENTRY_STATES,
      'What the event did. 27560: event_state. DPV: dpv:ConsentRequested, dpv:ConsentGiven, dpv:ConsentRefused, dpv:ConsentWithdrawn, dpv:ConsentExpired, dpv:ConsentInvalidated; `confirmed` is given from the person’s own address, `superseded` replaced by a renewal.',
    ),
    validity_duration: object(
      'How long it counts. 27560: validity_duration. DPV: dpv:hasDuration.',
      { ends: flag('False where it counts until something ends it.') },
      {
        first_day: day('The first day, where the account is.'),
        last_day: day('The last day, inclusive.'),
      },
    ),
  },
  {
    state_now: oneOf(ENTRY_STATES, 'Of something given: how it stands when this is issued.'),
    basis: oneOf(
      [...new Set([...IMPLIED_BASES, ...PRIVACY_BASES])],
      'Why no express consent was needed, or which basis it is.',
    ),
    legal_source: text('The sections of law that the permission rests on.'),
    tracking_mode: oneOf(TRACKING_MODES, 'How closely reading is followed from then on.'),
    dated: day('The day that the person or the account gives it, such as that of a purchase.'),
    about_events: list(text('An event_id.'), 'Those that it ended or brought back.', {
      minItems: 1,
    }),
    list_ids: list(text('A list.'), 'The lists alone that it is about.', { minItems: 1 }),
    code: text('Why a claim of consent could not stand.'),
    privacy_notice: notice,
    evidence,
    evidence_withheld: list(
      text('A name of evidence.'),
      'On record and not told here, because it names others or could be used by them.',
      { minItems: 1 },
    ),
  },
);

const record = object(
  'One of three records, none of which implies another: the permission to send (CASL), the basis to use the data (privacy law), and consent to being followed while reading.',
  {
    schema_version: version,
    record_id: text('27560: record_id. DPV: dct:identifier.'),
    record_type: oneOf(RECORD_NAMES, 'Which record it is.'),
    pii_principal_id: id(RecipientId, '27560: pii_principal_id. DPV: dpv:hasDataSubject.'),
    state: oneOf(
      [...ENTRY_STATES, 'none'],
      'How it stands when this is issued; `none` where nothing was ever asked, given or refused.',
    ),
    pii_processing: object('27560: pii_processing.', {
      privacy_notice: list(
        noticeInWords,
        'All that were shown, each once; none where none is on record.',
      ),
      language: text('The person’s language of correspondence (BCP 47). 27560: language.'),
      purposes: list(purpose, '27560: purposes.', { minItems: 1 }),
    }),
    event: list(event, 'Everything that happened, the oldest first. 27560: event.'),
  },
);

/** What a consent receipt is, for programs that take one in. */
export const RECEIPT_SCHEMA: Schema = object(
  'A consent receipt with the fields of ISO/IEC TS 27560:2023, drawn from a ledger and signed.',
  {
    schema_version: version,
    receipt_id: id(ReceiptId, '27560: receipt_id. DPV: dct:identifier.'),
    issued_at: instant('When it was drawn from the ledger.'),
    issued_by: id(AccountId, 'The account that signs it: a party_id.'),
    keys_url: text('Where the keys of the issuer are published.'),
    drawn_from: object('How much of the ledger it tells of.', {
      events: whole('Events about the person.', 1),
      last_event_id: text('The last of them.', { format: 'uuid' }),
      last_recorded_at: instant('When that one was recorded.'),
    }),
    pii_principal: object(
      'The person. DPV: dpv:hasDataSubject.',
      {
        pii_principal_id: id(RecipientId, '27560: pii_principal_id.'),
        language: text('Language of correspondence (BCP 47).'),
      },
      { email: text('The address as the account knows it.') },
    ),
    party_identification: list(party, '27560: party_identification.', { minItems: 1 }),
    records: list(record, 'The three records, always in the same order.', {
      minItems: RECORD_NAMES.length,
      maxItems: RECORD_NAMES.length,
    }),
    proof: object(
      'The signature: of the canonical JSON (RFC 8785) of everything but this member.',
      {
        type: { const: 'detached-jws' },
        jws: text(
          'RFC 7515, appendix F: `<header>..<signature>`, alg Ed25519 (RFC 9864), kid the thumbprint (RFC 7638) of the key.',
          { pattern: '^[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]+$' },
        ),
      },
    ),
  },
);
