/** What an account must never store in a value (COL-5). */
export type SensitiveKind = 'payment-card' | 'national-id';

/**
 * Says whether a text holds what looks like a payment card or a national id; undefined when not.
 *
 * A number counts only with all of its marks: the right length and grouping, a prefix that is issued and a
 * correct check digit. So phone numbers (10 or 11 digits, or grouped 3-3-4), dates, amounts and most order
 * numbers pass. A plain run of nine digits can be a Canadian SIN or anything else: where a word before it
 * says that it numbers a thing ("order", "facture"), it passes; a French SIREN (also nine digits) needs
 * such a word.
 */
export const sensitiveValueIn = (text: string): SensitiveKind | undefined => {
  const plain = isAscii(text)
    ? text
    : text.normalize('NFKC').replace(DASHES, '-').replace(SPACES, ' ');
  // Most values hold too few digits to be anything at all.
  if (!NINE_DIGITS.test(plain) && !CORSICAN.test(plain)) return undefined;
  if (holdsPaymentCard(plain)) return 'payment-card';
  const isNationalId =
    holdsCanadianSin(plain) || holdsUnitedStatesSsn(plain) || holdsFrenchNir(plain);
  return isNationalId ? 'national-id' : undefined;
};

const NINE_DIGITS = /(?:\d\D{0,2}){8}\d/;
/** A French NIR has a letter in it where the person was born in Corsica. */
const CORSICAN = /\d ?2[AB] ?\d/i;
const isAscii = (text: string): boolean => !/[^\t\n\r -~]/.test(text);
const DASHES = /[\u2010-\u2015\u2212]/g;
const SPACES = /[\u00a0\u2007\u2009\u202f]/g;

/**
 * 13 to 19 digits: plain or in the groups that cards are printed in, whatever follows (an expiry date often
 * does); or in any groups, where no more digits come before or after, so that two phone numbers are not one.
 */
const CARD_LIKE: readonly RegExp[] = [
  /(?<![\d.,+]|\d-)\d{13,19}(?!\d|[.,]\d)/g,
  /(?<!\d|\d-)\d{4}[ -]+\d{4}[ -]+\d{4}[ -]+\d{1,4}(?!\d)/g,
  /(?<!\d|\d-)\d{4}[ -]+\d{4}[ -]+\d{4}[ -]+\d{4}[ -]+\d{3}(?!\d)/g,
  /(?<!\d|\d-)\d{4}[ -]+\d{6}[ -]+\d{4,5}(?!\d)/g,
  /(?<![\d.,+]|\d[ -])\d(?:[ -]{0,2}\d){12,18}(?!\d|[ .,-]\d)/g,
];

/** Prefix and lengths by network: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro. */
const CARD_PREFIXES: readonly Readonly<{ prefix: RegExp; lengths: readonly number[] }>[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^3(?:0[0-5]|[689])/, lengths: [14, 16, 19] },
  { prefix: /^6(?:011|22|4[4-9]|5)/, lengths: [16, 17, 18, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:62|81)/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [13, 14, 15, 16, 17, 18, 19] },
];

const holdsPaymentCard = (text: string): boolean =>
  CARD_LIKE.some((pattern) =>
    [...text.matchAll(pattern)].some(([match]) => isCardNumber(match.replace(/\D/g, ''))),
  );

const isCardNumber = (digits: string): boolean =>
  CARD_PREFIXES.some(
    ({ prefix, lengths }) => lengths.includes(digits.length) && prefix.test(digits),
  ) && passesLuhn(digits);

/** Canadian SIN (NAS): 3-3-3, grouped the same way twice, or plain. */
const SIN_LIKE = /(?<![\d.,+-]|\d[ /])(\d{3})([ -]?)(\d{3})\2(\d{3})(?!\d|[.,/-]\d| \d)/g;
/** Words that say that the number after them numbers a thing. */
const NUMBERS_A_THING =
  /(?:order|invoice|receipt|ticket|customer|client|account|ref(?:erence|érence)?|siren|siret|duns|phone|t[eé]l(?:[eé]phone)?|fax|commande|facture|re[cç]u|billet|dossier|compte|membre|member)\b[^\d]{0,12}$/iu;

const holdsCanadianSin = (text: string): boolean =>
  [...text.matchAll(SIN_LIKE)].some((match) => {
    const [, first = '', separator = '', second = '', third = ''] = match;
    const digits = first + second + third;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    return (
      isIssuedSin(digits, separator !== '') && passesLuhn(digits) && !NUMBERS_A_THING.test(before)
    );
  });

/** 8 is not issued. Nor is 0, but samples are made of it: plain, it would be any number. */
const isIssuedSin = (digits: string, grouped: boolean): boolean =>
  !digits.startsWith('8') && (grouped || !digits.startsWith('0'));

/** United States SSN, grouped 3-2-4; it has no check digit, so plain digits are left alone. */
const SSN_LIKE = /(?<![\d.,+/-])(\d{3})([ -])(\d{2})\2(\d{4})(?!\d|[.,/-]\d)/g;

const holdsUnitedStatesSsn = (text: string): boolean => {
  for (const [, area = '', , group = '', serial = ''] of text.matchAll(SSN_LIKE)) {
    const isIssued = area !== '000' && area !== '666' && !area.startsWith('9');
    if (isIssued && group !== '00' && serial !== '0000') return true;
  }
  return false;
};

/** French NIR: sex, year, month, department (2A and 2B for Corsica), commune, order, and a key of 97. */
const NIR_LIKE =
  /(?<![\dA-Za-z])([12378]) ?(\d{2}) ?(0[1-9]|1[0-2]|[2-9]\d) ?(\d{2}|2[ABab]) ?(\d{3}) ?(\d{3}) ?(\d{2})(?![\dA-Za-z])/g;

const holdsFrenchNir = (text: string): boolean => {
  for (const [
    ,
    sex = '',
    year = '',
    month = '',
    department = '',
    commune = '',
    order = '',
    key,
  ] of text.matchAll(NIR_LIKE)) {
    const numeric = department.replace(/2a/i, '19').replace(/2b/i, '18');
    const number = Number(sex + year + month + numeric + commune + order);
    if (Number(key) === 97 - (number % 97)) return true;
  }
  return false;
};

/** The check digit of ISO/IEC 7812-1, annex B; all zeros pass the sum and are nobody's number. */
const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
};
