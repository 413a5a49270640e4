import {
  bestLanguage,
  primaryLanguage,
  type Bilingual,
  type Language,
  type Texts,
} from '#domain/kernel/index';

/** Who asks, as the account says it. */
export type SenderIdentity = Readonly<{
  name: string;
  postalAddress: string;
  phone?: string;
  contactEmail?: string;
  web?: string;
  onBehalfOf?: string;
}>;
/** What is asked: the purpose, in one text for all or by language, and the words that people agree to. */
export type AskedWording = Readonly<{ purpose: string | Texts; texts: Texts }>;

/** A request for consent, as one person reads it. */
export type ConsentStatement = Readonly<{
  /** Of the wording's own words. */
  language: Language;
  /** What the person agrees to: the label of the box. */
  request: string;
  /** What the law wants said beside it, a line each. */
  particulars: readonly string[];
  /** All of it, exactly as it is shown and kept. */
  text: string;
}>;

type Words = Readonly<{
  purpose: (purpose: string) => string;
  asks: (name: string) => string;
  asksFor: (name: string, other: string) => string;
  address: (address: string) => string;
  phone: (phone: string) => string;
  email: (email: string) => string;
  web: (web: string) => string;
}>;

const WORDS: Readonly<{ fr: Words; en: Words }> = {
  fr: {
    purpose: (purpose) => `But\u00a0: ${purpose}`,
    asks: (name) => `${name} vous demande votre accord.`,
    asksFor: (name, other) => `${name} vous demande votre accord au nom de ${other}.`,
    address: (address) => `Adresse postale\u00a0: ${address}`,
    phone: (phone) => `Téléphone\u00a0: ${phone}`,
    email: (email) => `Courriel\u00a0: ${email}`,
    web: (web) => `Site web\u00a0: ${web}`,
  },
  en: {
    purpose: (purpose) => `Purpose: ${purpose}`,
    asks: (name) => `${name} asks for your consent.`,
    asksFor: (name, other) => `${name} asks for your consent on behalf of ${other}.`,
    address: (address) => `Mailing address: ${address}`,
    phone: (phone) => `Telephone: ${phone}`,
    email: (email) => `E-mail: ${email}`,
    web: (web) => `Web site: ${web}`,
  },
};

/** The product's own sentence, said with every request: nobody can leave it out. */
export const WITHDRAWAL: Bilingual = {
  fr: 'Vous pouvez retirer votre accord en tout temps\u00a0: chaque courriel porte un lien pour vous désabonner.',
  en: 'You can withdraw your consent at any time: each e-mail has a link to unsubscribe.',
};

/**
 * The exact text by which consent is asked for, in the language closest to the one wanted: the wording's
 * words, the purpose, who asks and on whose behalf, how to reach them, and that consent can be withdrawn
 * (C-17: CASL s. 10(1), SOR/2012-36 s. 4). Throws on a wording without any text, which none is.
 */
export const consentStatement = (
  { purpose, texts }: AskedWording,
  sender: SenderIdentity,
  wanted: Language,
): ConsentStatement => {
  const language = bestLanguage(wanted, Object.keys(texts)) as Language | undefined;
  if (language === undefined) throw new Error('A wording has a text in at least one language.');
  const request = withPlainBreaks(texts[language] ?? '');
  const particulars = particularsOf(purpose, sender, language);
  return { language, request, particulars, text: [request, '', ...particulars].join('\n') };
};

const particularsOf = (
  purpose: string | Texts,
  sender: SenderIdentity,
  language: Language,
): readonly string[] => {
  const tongue = primaryLanguage(language) === 'fr' ? 'fr' : 'en';
  const words = WORDS[tongue];
  const { name, onBehalfOf, postalAddress, phone, contactEmail, web } = sender;
  return [
    words.purpose(onOneLine(purposeIn(purpose, language))),
    onBehalfOf === undefined ? words.asks(name) : words.asksFor(name, onBehalfOf),
    words.address(onOneLine(postalAddress)),
    ...(phone === undefined ? [] : [words.phone(phone)]),
    ...(contactEmail === undefined ? [] : [words.email(contactEmail)]),
    ...(web === undefined ? [] : [words.web(web)]),
    WITHDRAWAL[tongue],
  ];
};

const purposeIn = (purpose: string | Texts, language: Language): string => {
  if (typeof purpose === 'string') return purpose;
  const found = bestLanguage(language, Object.keys(purpose));
  return (found === undefined ? undefined : purpose[found]) ?? '';
};

/** As pages and files count lines, whatever machine the text was written on. */
const withPlainBreaks = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

const onOneLine = (text: string): string =>
  text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(', ');
