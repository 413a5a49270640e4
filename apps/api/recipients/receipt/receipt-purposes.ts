import { isShredded, type Texts } from '#domain/kernel/index';
import type { Recipient, RecordName } from '#domain/recipient/index';
import type { Purpose } from '#domain/wording/index';
import type { ReceiptParty, ReceiptPurpose } from './receipt-document.ts';
import { NOT_STATED, RECORD_WORDS } from './receipt-words.ts';
import type { OpenAccount } from './open-account.ts';

type PiiInformation = ReceiptPurpose['pii_information'];

/** What the purposes of a record are told from. */
export type Setting = Readonly<{
  account: OpenAccount;
  parties: readonly ReceiptParty[];
  recipient: Recipient;
}>;

/** What the person's data are used for under one record; the product says it where no wording did. */
export const receiptPurposes = (
  record: RecordName,
  wordings: readonly Purpose[],
  { account, parties, recipient }: Setting,
): readonly ReceiptPurpose[] => {
  const words = RECORD_WORDS[record];
  const { jurisdiction } = recipient;
  const issuer = parties.find(({ party_id }) => party_id === account.id);
  const email =
    record === 'privacy-basis'
      ? issuer?.party_contact[0]?.contact_information
      : issuer?.party_email;
  const rest = {
    purpose_type: words.purposeType,
    pii_information: PII[record](recipient),
    pii_controllers: parties
      .filter(({ party_role }) => party_role === 'controller')
      .map(({ party_id }) => party_id),
    storage_locations: NOT_STATED.storage,
    retention_period: NOT_STATED.retention,
    jurisdiction: {
      regimes: account.state.terms.regimes,
      ...(jurisdiction !== undefined && { pii_principal: jurisdiction }),
    },
    recipient_third_parties: NOT_STATED.thirdParties,
    withdrawal_method: {
      description: words.withdrawal,
      ...(email !== undefined && { email }),
    },
  };
  return wordings.length === 0
    ? [{ ...rest, purpose: words.purpose, purpose_source: 'platform' }]
    : wordings.map((purpose) => ({
        ...rest,
        purpose: textsOf(purpose),
        purpose_source: 'wording',
      }));
};

/** `und` is BCP 47's word for a text whose language nobody said. */
const textsOf = (purpose: Purpose): Texts =>
  typeof purpose === 'string' ? { und: purpose } : purpose;

const needed = (type: string) => ({ pii_type: type, pii_optional: false });
const optional = (type: string) => ({ pii_type: type, pii_optional: true });

const PII: Readonly<Record<RecordName, (recipient: Recipient) => PiiInformation>> = {
  'permission-to-send': () => [needed('email-address'), needed('language')],
  'privacy-basis': ({ fields, jurisdiction }) => [
    needed('email-address'),
    needed('language'),
    ...(jurisdiction === undefined ? [] : [optional('jurisdiction')]),
    ...(isShredded(fields) ? [] : Object.keys(fields.reveal()).sort()).map((key) =>
      optional(`field:${key}`),
    ),
  ],
  tracking: ({ tracking }) => {
    if (tracking === 'individual') return [optional('reading'), optional('clicks')];
    return tracking === 'hygiene' ? [optional('date-of-last-reading')] : [];
  },
};
