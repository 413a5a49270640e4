import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from '../http/problem.ts';
import { formatOf } from './file-formats.ts';

/** Uploads are the one body that is never held in memory. */
const UPLOADS = '/v1/imports';

export const isUpload = (request: FastifyRequest): boolean =>
  request.method === 'POST' && request.routeOptions.url === UPLOADS;

type Parsed = (error: Error | null, body?: unknown) => void;

/** Hands the body of an upload on as the stream that it is. NDJSON has a parser that other routes share. */
export const useFileParsers = (instance: FastifyInstance): void => {
  instance.addHook('onRequest', (request, _reply, done) => {
    // Said before a byte is taken in, and in words for whoever sent a workbook.
    if (isUpload(request)) formatOf(request.headers['content-type']);
    done();
  });
  const handOn = (request: FastifyRequest, payload: unknown, done: Parsed): void => {
    if (isUpload(request)) done(null, payload);
    else done(problem('unsupported-media-type', 'Send the body as application/json.'));
  };
  instance.addContentTypeParser(['text/csv', 'text/tab-separated-values'], handOn);
};
