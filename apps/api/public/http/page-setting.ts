import type { FastifyRequest } from 'fastify';
import { parseLanguage, type Language } from '#domain/kernel/index';
import { acceptedLanguages, firstOffered } from '../html/language.ts';
import type { Setting } from '../html/page.ts';

/** What `?lang=` asks for; undefined when it is no language, or sent twice. */
export const askedLanguage = (request: FastifyRequest): Language | undefined => {
  const { lang } = request.query as { lang?: unknown };
  return typeof lang === 'string' ? parseLanguage(lang) : undefined;
};

/**
 * The language of a page: the one asked for, then the person's own where one is known, then what the browser
 * asks for, among those that the account speaks.
 */
export const pageSetting = (
  request: FastifyRequest,
  root: string,
  languages: readonly Language[],
  known?: Language,
): Setting => {
  const accepted = acceptedLanguages(request.headers['accept-language']);
  const wanted = [askedLanguage(request), ...(known === undefined ? accepted : [known])];
  return { root, language: firstOffered(wanted, languages), languages };
};
