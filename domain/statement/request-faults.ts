import { primaryLanguage, type Language, type Refusal, type Texts } from '#domain/kernel/index';
import type { AskedWording, SenderIdentity } from './consent-statement.ts';

export type RequestFault = Refusal<
  | 'wording-text-missing'
  | 'purpose-missing'
  | 'sender-name-missing'
  | 'sender-address-missing'
  | 'sender-contact-missing'
  | 'on-behalf-unclear'
  | 'consent-bundled'
>;

/**
 * Everything that a request for consent lacks before it may be shown to anybody, in all the languages
 * that the account speaks; empty when nothing is (C-17: CASL s. 10(1), SOR/2012-36 s. 4, CRTC 2012-549).
 * `sender` is undefined when the account's contacts cannot be read any more. That consent can be withdrawn
 * is the product's own sentence and is never missing.
 */
export const requestFaults = (
  wording: AskedWording,
  sender: SenderIdentity | undefined,
  languages: readonly Language[],
): readonly RequestFault[] => [
  ...wordingFaults(wording, languages),
  ...senderFaults(sender),
  ...behalfFaults(sender),
];

/** Whether the text is there for people who read this language, be it in another country. */
export const isSaidIn = (texts: Texts, language: Language): boolean =>
  Object.entries(texts).some(
    ([tag, text]) =>
      primaryLanguage(tag as Language) === primaryLanguage(language) && !isBlank(text),
  );

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const wordingFaults = (
  { purpose, texts }: AskedWording,
  languages: readonly Language[],
): readonly RequestFault[] => {
  const path = 'wordingId';
  const faults: RequestFault[] = [];
  for (const language of languages) {
    if (!isSaidIn(texts, language)) {
      const message = `The wording has no text in ${language}, which the account speaks: add a version that has one (C-17: CASL s. 10(1)).`;
      faults.push({ code: 'wording-text-missing', message, path });
    }
    if (typeof purpose !== 'string' && !isSaidIn(purpose, language)) {
      const message = `The wording does not say in ${language} what consent is asked for: create one that does (C-17: CASL s. 10(1)(a)).`;
      faults.push({ code: 'purpose-missing', message, path });
    }
  }
  if (typeof purpose === 'string' && isBlank(purpose)) faults.push(PURPOSE_MISSING);
  if (Object.values(texts).some(asksForMore)) faults.push(CONSENT_BUNDLED);
  return faults;
};

const PURPOSE_MISSING: RequestFault = {
  code: 'purpose-missing',
  message:
    'The wording does not say what consent is asked for: create one that does (C-17: CASL s. 10(1)(a)).',
  path: 'wordingId',
};
const CONSENT_BUNDLED: RequestFault = {
  code: 'consent-bundled',
  message:
    'The wording asks to accept terms or conditions as well. Consent is sought separately: leave them out, and ask for them elsewhere (C-17: CRTC 2012-548).',
  path: 'wordingId',
};

/** Terms of use, sale or service: agreeing to those is another matter than agreeing to be written to. */
const OTHER_TERMS =
  /\b(terms (of|and) (use|sale|service|conditions)|general (terms|conditions)|terms & conditions)\b|\b(conditions|modalités) (générales|de vente|de service|d[’']utilisation)/i;
const asksForMore = (text: string): boolean => OTHER_TERMS.test(text);

const senderFaults = (sender: SenderIdentity | undefined): readonly RequestFault[] => {
  const contacts = [sender?.phone, sender?.contactEmail, sender?.web];
  return [
    ...(isBlank(sender?.name) ? [SENDER_NAME_MISSING] : []),
    ...(isBlank(sender?.postalAddress) ? [SENDER_ADDRESS_MISSING] : []),
    ...(contacts.every(isBlank) ? [SENDER_CONTACT_MISSING] : []),
  ];
};

const SENDER_NAME_MISSING: RequestFault = {
  code: 'sender-name-missing',
  message:
    'The account does not say under which name the sender does business: give sender.name (C-17: SOR/2012-36 s. 4(a)).',
  path: 'sender.name',
};
const SENDER_ADDRESS_MISSING: RequestFault = {
  code: 'sender-address-missing',
  message:
    'The account has no mailing address: give sender.postalAddress (C-17: SOR/2012-36 s. 4(d)).',
  path: 'sender.postalAddress',
};
const SENDER_CONTACT_MISSING: RequestFault = {
  code: 'sender-contact-missing',
  message:
    'The account names no way to reach the sender: give a telephone number, an e-mail address or a web address (C-17: SOR/2012-36 s. 4(d)).',
  path: 'sender',
};

/** Two names, and one of them another's: otherwise nobody can tell who asks and for whom. */
const behalfFaults = (sender: SenderIdentity | undefined): readonly RequestFault[] => {
  if (sender?.onBehalfOf === undefined) return [];
  const other = sender.onBehalfOf.trim().toLowerCase();
  return other === '' || other === sender.name.trim().toLowerCase() ? [ON_BEHALF_UNCLEAR] : [];
};

const ON_BEHALF_UNCLEAR: RequestFault = {
  code: 'on-behalf-unclear',
  message:
    'The account asks on behalf of somebody whom it does not name apart from itself: give the other’s name as sender.onBehalfOf, or leave it out (C-17: SOR/2012-36 s. 4(b), (c)).',
  path: 'sender.onBehalfOf',
};
