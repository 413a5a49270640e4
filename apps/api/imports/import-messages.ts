import { rowFaultMessage, type RowFaultCode } from '#libs/tabular/index';
import { REJECTIONS } from '#domain/recipient/rejections';

const ROW_FAULTS: readonly RowFaultCode[] = [
  'ragged-row',
  'malformed-quotes',
  'malformed-json',
  'nested-value',
  'repeated-key',
];

const OWN: Readonly<Record<string, string>> = {
  'invalid-address-syntax':
    'This is no e-mail address of the form name@domain.example: correct it.',
  'payment-card':
    'A value looks like the number of a payment card, which must not be stored: leave it out.',
  'national-id': 'A value looks like a national id, which must not be stored: leave it out.',
  'unknown-field': 'The account has no such field any more.',
  'not-a-text': 'A field takes text.',
  'not-a-number': 'A field takes a number such as 12 or 12.5.',
  'not-a-date': 'A field takes a day in the form 2026-11-23.',
  'not-a-boolean': 'A field takes true or false (yes, no, oui, non, 1 and 0 do too).',
  'not-a-choice': 'A field takes one of its choices.',
  'value-too-long': 'A value is longer than is kept.',
  'consent-date-missing':
    'The row has no date of consent, so the person is kept without consent (C-08, C-19).',
  'consent-date-unreadable':
    'The date of consent is not in a form such as 2026-11-23 or 2026-11-23 15:04:05, so the person is kept without consent.',
  'consent-date-in-future':
    'The date of consent has not come yet, so the person is kept without consent (C-19).',
  'consent-date-invalid': 'The date of consent cannot be used.',
  'consent-evidence-missing':
    'The basis is not proved, so the person is kept without consent: map the columns of its evidence (C-07, C-19).',
  'evidence-missing':
    'An address that was published or given is taken only with its evidence: where or how it was had, by whom, and its relevance (C-07).',
  'duplicate-row': 'An earlier row of the file has the same address; what this one says counts.',
  'language-unknown':
    'The language is none that is known; the person has the first language of the account.',
  'jurisdiction-unknown': 'The place is no ISO 3166 code; it was left out.',
  'time-unreadable':
    'A time is not in a form such as 2026-11-23 15:04:05; the present time was taken.',
  'time-in-future': 'A time has not come yet; the present time was taken.',
  'basis-not-available': 'Organisations of this type cannot rely on this basis (C-06).',
  'expiry-later-than-law':
    'The end of the consent is later than the law’s: the law’s own last day was recorded (C-11).',
};

const MESSAGES: ReadonlyMap<string, string> = new Map([
  ...Object.values(REJECTIONS).map(({ code, message }): [string, string] => [code, message]),
  ...ROW_FAULTS.map((code): [string, string] => [code, rowFaultMessage(code)]),
  ...Object.entries(OWN),
]);

/** What a code of a row means, for people; the ledger keeps the code alone. */
export const messageOf = (code: string): string | undefined => MESSAGES.get(code);
