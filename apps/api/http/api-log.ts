import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from './caller.ts';

/** What the log needs of a logger; pino is one. */
export type Logger = Readonly<{
  info: (fields: object, message: string) => void;
  error: (fields: object, message: string) => void;
}>;

export type ApiLog = Readonly<{
  request: (request: FastifyRequest, reply: FastifyReply) => void;
  failure: (error: unknown, correlationId: string) => void;
  /** A server that a request needed does not answer. */
  outage: (error: unknown, correlationId: string) => void;
  /** A server that a request needed does not take the name or the password any more. */
  refusal: (error: unknown, correlationId: string) => void;
}>;

/** The template of the route: the path itself holds tokens and ids, and the query addresses. */
export const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/**
 * The first frames of a stack: where in the code, without the message, which may quote a value
 * that somebody sent.
 */
const placesOf = (error: Error): readonly string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim());

/** One line a request and one a failure, without addresses, names, values, paths or queries. */
export const apiLog = (logger: Logger): ApiLog => ({
  request: (request, reply) => {
    const caller = callerOf(request);
    logger.info(
      {
        correlationId: request.id,
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime * 100) / 100,
        ...(caller && { account: caller.accountId, actor: caller.actor.id ?? caller.actor.kind }),
      },
      'request',
    );
  },
  failure: (error, correlationId) => {
    logger.error({ correlationId, ...detailsOf(error) }, 'unexpected error');
  },
  outage: (error, correlationId) => {
    const message = 'A server that a request needs does not answer.';
    logger.error({ correlationId, event: 'server-away', ...detailsOf(error) }, message);
  },
  refusal: (error, correlationId) => {
    const message =
      'A server refuses the name or the password: set ATTESTA_EVENTSTORE_URL and ATTESTA_MONGODB_URL anew, and start the process again.';
    logger.error({ correlationId, event: 'server-refuses', ...detailsOf(error) }, message);
  },
});

const detailsOf = (error: unknown): object =>
  error instanceof Error
    ? { error: error.name, ...codeOf(error), at: placesOf(error) }
    : { error: typeof error };

const codeOf = (error: Error): { code?: string } =>
  'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
