import type { AccountTerms } from '#domain/account/index';
import type { Language } from '#domain/kernel/index';
import { isSaidIn } from '#domain/statement/index';
import type { Wording } from '#domain/wording/index';
import type { Present } from '../owned.ts';

/** The languages in which the whole request for consent can be made; the first to fall back on. */
export type AskingLanguages = readonly [Language, ...Language[]];

const FALLBACK = 'en' as Language;

/** A page in a language that the wording does not speak would ask in two at once. */
export const askingLanguages = (
  { languages }: Pick<AccountTerms, 'languages'>,
  { latest }: Present<Wording>,
): AskingLanguages => {
  const spoken = languages.filter((language) => isSaidIn(latest.texts, language));
  const [first = FALLBACK, ...others] = spoken.length > 0 ? spoken : languages;
  return [first, ...others];
};
