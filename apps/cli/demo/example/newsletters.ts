import { readFile } from 'node:fs/promises';
import { NEWSLETTER } from './bookshop.ts';

export const VERSION_LANGUAGES = ['fr', 'en'] as const;
type VersionLanguage = (typeof VERSION_LANGUAGES)[number];

export type NewsletterVersion = Readonly<{ subject: string; preheader: string; mjml: string }>;

/** A version of the newsletter, as a designer would write it. */
export const newsletterVersion = async (language: VersionLanguage): Promise<NewsletterVersion> => ({
  ...NEWSLETTER.versions[language],
  mjml: await readFile(new URL(`newsletter.${language}.mjml`, import.meta.url), 'utf8'),
});
