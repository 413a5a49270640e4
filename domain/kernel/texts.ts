import { parseLanguage } from './language.ts';
import type { Refusal } from './refusal.ts';

/** A text by language (`{ fr: '…', en: '…' }`). */
export type Texts = Readonly<Record<string, string>>;

/** Why a text by language cannot be taken: none is given, one is blank, or a key is no language. */
export const textsFault = (
  texts: Texts,
  path: string,
): Refusal<'text-missing' | 'language-unknown'> | undefined => {
  const entries = Object.entries(texts);
  if (entries.length === 0) {
    return { code: 'text-missing', message: 'Give the text in at least one language.', path };
  }
  for (const [language, words] of entries) {
    if (parseLanguage(language) !== language) {
      return {
        code: 'language-unknown',
        message: 'Name each text by a language tag in canonical form, such as fr, en or fr-CA.',
        path,
      };
    }
    if (words.trim() === '') {
      return {
        code: 'text-missing',
        message: 'Fill in the text of this language, or leave the language out.',
        path: `${path}.${language}`,
      };
    }
  }
  return undefined;
};
