import type { Brand } from './brand.ts';

/** A BCP 47 language tag in canonical case: `fr`, `en`, `fr-CA`. */
export type Language = Brand<string, 'Language'>;

/** Tags once found canonical: a mailing list has a handful, and looking them up anew costs ten microseconds. */
const canonical = new Map<string, Language>();
const MOST_TAGS = 500;

/** Canonical form of a tag, or undefined when the text is none. Source: RFC 5646 s. 2.1.1. */
export const parseLanguage = (text: string): Language | undefined => {
  const known = canonical.get(text);
  if (known !== undefined) return known;
  const language = canonicalForm(text);
  if (language !== undefined && canonical.size < MOST_TAGS) canonical.set(text, language);
  return language;
};

const canonicalForm = (text: string): Language | undefined => {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0] as Language | undefined;
  } catch {
    return undefined;
  }
};

/** The primary subtag: `fr` of `fr-CA`. */
export const primaryLanguage = (language: Language): string =>
  language.split('-', 1)[0] ?? language;

/**
 * Picks the version to show a person: the exact tag, then the same primary language, then the first one
 * offered. Undefined only when nothing is offered.
 */
export const bestLanguage = <L extends string>(
  wanted: Language,
  offered: readonly L[],
): L | undefined =>
  offered.find((language) => language === (wanted as string)) ??
  offered.find((language) => language.split('-', 1)[0] === primaryLanguage(wanted)) ??
  offered[0];

/** A text for people, in each language of the product. */
export type Bilingual = Readonly<{ fr: string; en: string }>;
