import {
  bestLanguage,
  parseLanguage,
  primaryLanguage,
  type Language,
  type Texts,
} from '#domain/kernel/index';

/** The languages that the pages themselves speak. */
export type PageLanguage = 'fr' | 'en';

export const pageLanguageOf = (language: Language): PageLanguage =>
  primaryLanguage(language) === 'fr' ? 'fr' : 'en';

/** A text of the account in the language closest to the one wanted, and which one that is. */
export const textIn = (
  texts: Texts | undefined,
  language: Language,
): Readonly<{ text: string; language: Language }> | undefined => {
  if (texts === undefined) return undefined;
  const found = bestLanguage(language, Object.keys(texts));
  const text = found === undefined ? undefined : texts[found];
  return text === undefined ? undefined : { text, language: found as Language };
};

/** Languages that a browser asks for, the dearest first. Source: RFC 9110 s. 12.5.4. */
export const acceptedLanguages = (header: string | undefined): readonly Language[] =>
  (header ?? '')
    .split(',')
    .slice(0, 20)
    .flatMap((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const language = parseLanguage(tag.trim());
      const weight = parameters.find((each) => /^\s*q=/i.test(each))?.split('=')[1];
      const quality = weight === undefined ? 1 : Number(weight);
      return language !== undefined && quality > 0 ? [{ language, quality }] : [];
    })
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);

const offeredAs = (wanted: Language, offered: readonly Language[]): Language | undefined => {
  const best = bestLanguage(wanted, offered);
  return best !== undefined && primaryLanguage(best) === primaryLanguage(wanted) ? best : undefined;
};

/** The first of the wanted languages that is offered; of none, the first one offered. */
export const firstOffered = (
  wanted: readonly (Language | undefined)[],
  offered: readonly Language[],
): Language => {
  for (const language of wanted) {
    const found = language === undefined ? undefined : offeredAs(language, offered);
    if (found !== undefined) return found;
  }
  return offered[0] ?? ('en' as Language);
};

/** `Français` for `fr`: a language by its own name. */
export const ownName = (language: Language): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
};
