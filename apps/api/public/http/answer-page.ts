import type { FastifyReply } from 'fastify';
import type { Page } from '../html/page.ts';

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * What a newsletter may do inside its frame: show itself and its pictures. No script runs, no form is sent,
 * and it has an origin of its own, so that nothing of ours can be read from it.
 */
const FRAMED_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline' https: http:; img-src https: http: data:; font-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Nobody may keep, list or be told of these pages: their addresses say who somebody is (M-11). */
const PRIVATE = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
};

export const answerPage = (reply: FastifyReply, page: Page): void => {
  const policy = page.frames === true ? `${POLICY}; frame-src 'self'` : POLICY;
  void reply
    .code(page.status)
    .headers({ ...PRIVATE, 'content-security-policy': policy })
    .type('text/html; charset=utf-8')
    .send(page.html);
};

/** HTML that somebody else wrote, for a frame of one of our pages. */
export const answerFramed = (reply: FastifyReply, html: string): void => {
  void reply
    .code(200)
    .headers({ ...PRIVATE, 'content-security-policy': FRAMED_POLICY })
    .type('text/html; charset=utf-8')
    .send(html);
};

export const answerText = (reply: FastifyReply, text: string): void => {
  void reply.code(200).headers(PRIVATE).type('text/plain; charset=utf-8').send(text);
};

export const answerJson = (reply: FastifyReply, status: number, body: object): void => {
  void reply
    .code(status)
    .headers(PRIVATE)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
};
