import { parseLanguage, type Language } from '#domain/kernel/index';

/** Names of languages as files write them. */
const NAMES: Readonly<Record<string, string>> = {
  français: 'fr',
  francais: 'fr',
  french: 'fr',
  anglais: 'en',
  english: 'en',
  español: 'es',
  spanish: 'es',
  deutsch: 'de',
  german: 'de',
};

const known = new Map<string, Language | undefined>();

/** A language from a tag (`fr`, `FR_ca`) or its name; undefined when it is none that is known. */
export const readLanguage = (text: string): Language | undefined => {
  if (known.has(text)) return known.get(text);
  const word = text.trim().toLowerCase();
  const language = parseLanguage(NAMES[word] ?? word.replace('_', '-'));
  // A file can hold anything in this column; the table must not grow with it.
  if (known.size < 1_000) known.set(text, language);
  return language;
};
