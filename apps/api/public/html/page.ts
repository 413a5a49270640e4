import type { Language } from '#domain/kernel/index';
import { html, type Html, type Part } from './html.ts';
import { ownName } from './language.ts';
import { STYLE_VERSION } from '../style/style.ts';

/** A page, ready to be answered. */
export type Page = Readonly<{ status: number; html: string; frames?: boolean }>;

/** What all pages of one request have in common. */
export type Setting = Readonly<{
  /** Path that all addresses begin with: empty, unless the public URL has a path. */
  root: string;
  /** Language of the page as people chose it; the words of the page are in French or English. */
  language: Language;
  /** Languages that the page can be had in. */
  languages: readonly Language[];
}>;

export type PageParts = Readonly<{
  setting: Setting;
  title: string;
  /** Whose page it is: the account's name. */
  brand: string;
  main: Part;
  footer?: Part;
  status?: number;
  /** The page shows another document in a frame, and fills the window. */
  wide?: boolean;
}>;

const WORDS = {
  fr: { skip: 'Aller au contenu', languages: 'Langue de la page' },
  en: { skip: 'Skip to content', languages: 'Language of this page' },
};

export const wordsOf = <T>(words: Readonly<{ fr: T; en: T }>, { language }: Setting): T =>
  language.split('-', 1)[0] === 'fr' ? words.fr : words.en;

const languageLink = (language: Language, setting: Setting): Html =>
  language === setting.language
    ? html`<li><span lang="${language}" aria-current="true">${ownName(language)}</span></li>`
    : html`<li>
        <a href="?lang=${language}" lang="${language}" hreflang="${language}"
          >${ownName(language)}</a
        >
      </li>`;

const languageSwitch = (setting: Setting): Part =>
  setting.languages.length > 1 &&
  html`<nav class="languages" aria-label="${wordsOf(WORDS, setting).languages}">
    <ul>
      ${setting.languages.map((language) => languageLink(language, setting))}
    </ul>
  </nav>`;

/** The one frame of all public pages: no script, nothing from elsewhere, one style sheet of our own. */
export const page = (parts: PageParts): Page => {
  const { setting, title, brand, main, footer, status = 200, wide = false } = parts;
  const { root, language } = setting;
  const whole = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title === brand ? title : `${title} – ${brand}`}</title>
        <link rel="stylesheet" href="${root}/pages/style.css?v=${STYLE_VERSION}" />
        <link rel="icon" href="data:," />
      </head>
      <body class="${wide ? 'wide' : 'narrow'}">
        <a class="skip" href="#main">${wordsOf(WORDS, setting).skip}</a>
        <header class="top">
          <p class="brand">
            <span class="mark" aria-hidden="true">${initialOf(brand)}</span>${brand}
          </p>
          ${languageSwitch(setting)}
        </header>
        <main id="main" tabindex="-1">${main}</main>
        ${footer !== undefined && html`<footer class="foot">${footer}</footer>`}
      </body>
    </html>`;
  return { status, html: whole.toString(), ...(wide && { frames: true }) };
};

const initialOf = (brand: string): string => (/\p{L}|\p{N}/u.exec(brand)?.[0] ?? '•').toUpperCase();
