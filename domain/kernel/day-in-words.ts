import type { CivilDate } from './civil-date.ts';

/** A day as people read it in Canada: `24 novembre 2026`, `November 24, 2026`. */
export const dayInWords = (day: CivilDate, language: 'fr' | 'en'): string =>
  new Intl.DateTimeFormat(`${language}-CA`, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(day),
  );
