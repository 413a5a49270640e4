import type { CivilDate } from './civil-date.ts';

/** A day as people read it in Canada: `24 novembre 2026`, `1er février 2027`, `November 24, 2026`. */
export const dayInWords = (day: CivilDate, language: 'fr' | 'en'): string => {
  const words = new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: 'long', timeZone: 'UTC' });
  const text = words.format(new Date(day));
  return language === 'fr' ? text.replace(/^1 /, '1er ') : text;
};
