import type { FastifyRequest } from 'fastify';
import type { Language } from '#domain/kernel/index';
import { html, type Html } from '../html/html.ts';
import { acceptedLanguages, firstOffered } from '../html/language.ts';
import { page, type Page, type Setting } from '../html/page.ts';

export const BOTH: readonly Language[] = ['fr' as Language, 'en' as Language];

const WORDS = {
  fr: {
    title: 'Ce lien ne mène nulle part',
    text: 'Il a peut-être été coupé en chemin. Ouvrez-le à nouveau depuis le courriel d’origine, en entier.',
    help: 'Pour ne plus rien recevoir, vous pouvez aussi répondre au courriel et le demander.',
  },
  en: {
    title: 'This link leads nowhere',
    text: 'It may have been cut off on its way. Open it again from the original e-mail, all of it.',
    help: 'To stop receiving e-mails, you can also reply to the e-mail and ask for it.',
  },
} as const;

const part = (language: 'fr' | 'en', isFirst: boolean): Html => {
  const { title, text, help } = WORDS[language];
  const heading = isFirst ? html`<h1>${title}</h1>` : html`<h2>${title}</h2>`;
  const inner = html`${heading}
    <p>${text}</p>
    <p class="small">${help}</p>`;
  return isFirst
    ? html`<div lang="${language}">${inner}</div>`
    : html`<section lang="${language}">${inner}</section>`;
};

/** For tokens that we never made, and what they no longer lead to: in both languages, as nobody is known. */
export const goneLink = (request: FastifyRequest, root: string, status: 404 | 410 = 404): Page => {
  const language = firstOffered(acceptedLanguages(request.headers['accept-language']), BOTH);
  const setting: Setting = { root, language, languages: [] };
  const [first, second] = language === 'fr' ? (['fr', 'en'] as const) : (['en', 'fr'] as const);
  const brand = 'Attesta';
  const main = html`${part(first, true)}${part(second, false)}`;
  return page({ setting, title: WORDS[first].title, brand, main, status });
};
