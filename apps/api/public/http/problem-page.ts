import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../../http/problem.ts';
import { html, type Html } from '../html/html.ts';
import { acceptedLanguages, firstOffered } from '../html/language.ts';
import { page } from '../html/page.ts';
import { BOTH } from '../people/gone-link.ts';
import { answerPage } from './answer-page.ts';
import { isPublicPage } from './public-paths.ts';

const WORDS = {
  fr: {
    absent: ['Il n’y a rien ici', 'L’adresse est peut-être incomplète. Vérifiez-la et réessayez.'],
    unreadable: [
      'Cela n’a pas pu être lu',
      'Revenez en arrière, vérifiez ce que vous avez écrit et réessayez.',
    ],
    later: [
      'Quelque chose ne va pas de notre côté',
      'Rien n’est perdu. Réessayez dans quelques minutes.',
    ],
  },
  en: {
    absent: ['There is nothing here', 'The address may be incomplete. Check it and try again.'],
    unreadable: ['That could not be read', 'Go back, check what you wrote and try again.'],
    later: ['Something is wrong on our side', 'Nothing is lost. Try again in a few minutes.'],
  },
} as const;

const kindOf = (status: number): 'absent' | 'unreadable' | 'later' => {
  if (status >= 500) return 'later';
  return status === 404 || status === 405 ? 'absent' : 'unreadable';
};

const isForBrowser = (request: FastifyRequest): boolean => {
  if (!(request.headers.accept ?? '').includes('text/html')) return false;
  return isPublicPage(request) || (request.is404 && !request.url.startsWith('/v1'));
};

/**
 * Answers a problem as a page, in both languages, to people with a browser. False for programs, and for what
 * is no page: they get problem+json.
 */
export const answerProblemPage = (
  root: string,
  answer: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean => {
  if (!isForBrowser(request)) return false;
  const language = firstOffered(acceptedLanguages(request.headers['accept-language']), BOTH);
  const order = language === 'fr' ? (['fr', 'en'] as const) : (['en', 'fr'] as const);
  const kind = kindOf(answer.status);
  const part = (each: 'fr' | 'en', index: number): Html => {
    const [title, text] = WORDS[each][kind];
    return index === 0
      ? html`<div lang="${each}">
          <h1>${title}</h1>
          <p>${text}</p>
        </div>`
      : html`<section lang="${each}">
          <h2>${title}</h2>
          <p>${text}</p>
        </section>`;
  };
  void reply.headers(answer.headers);
  answerPage(
    reply,
    page({
      setting: { root, language, languages: [] },
      title: WORDS[order[0]][kind][0],
      brand: 'Attesta',
      main: order.map(part),
      status: answer.status,
    }),
  );
  return true;
};
