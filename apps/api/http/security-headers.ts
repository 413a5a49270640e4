import fastifyHelmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** Answers are for programs; the few pages need a style sheet of our own and nothing else. */
const OPTIONS: FastifyHelmetOptions = {
  global: false,
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
};

/**
 * Helmet's headers on every answer. They are the same each time, and putting them together takes as long
 * as a database read, so they are taken from the first answer for all later ones.
 */
export const useSecurityHeaders = async (
  app: NestFastifyApplication,
  instance: FastifyInstance,
): Promise<void> => {
  await app.register(fastifyHelmet, OPTIONS);
  let headers: readonly (readonly [string, string])[] | undefined;
  instance.addHook('onRequest', (_request, reply, done) => {
    if (headers === undefined) {
      const before = new Set(reply.raw.getHeaderNames());
      reply.helmet();
      headers = Object.entries(reply.raw.getHeaders())
        .filter(([name]) => !before.has(name))
        .map(([name, value]) => [name, String(value)]);
    } else {
      for (const [name, value] of headers) reply.raw.setHeader(name, value);
    }
    done();
  });
};
