import type { FastifyRequest } from 'fastify';

const PAGES = ['/f/', '/confirm/', '/consent/', '/u/', '/p/', '/v/', '/mailbox'];

/** Whether the request is for a page that people open, by the template of its route. */
export const isPublicPage = (request: FastifyRequest): boolean => {
  const route = request.routeOptions.url ?? '';
  return PAGES.some((page) => route.startsWith(page));
};

/** Whether the caller would rather have JSON than a page. */
export const wantsJson = (request: FastifyRequest): boolean => {
  const accept = request.headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
};
