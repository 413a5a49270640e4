import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { problem } from './problem.ts';

/** 1 MiB, as api.md says; imports, which are streamed, set their own. */
export const BODY_LIMIT = 1_048_576;

/** Whether every text of a JSON value is Unicode, without half a surrogate pair. */
export const isWellFormed = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => key.isWellFormed() && isWellFormed(inner));
};

const MALFORMED = 'The body cannot be read. Send valid JSON in UTF-8.';
const malformed = () => problem('malformed-request', MALFORMED);

/** Half a surrogate pair (`"\ud800"`) is valid JSON and no text: it could not be stored as it came. */
const checked = (text: string, value: unknown): unknown => {
  if (/\\ud[89a-f]/i.test(text) && !isWellFormed(value)) throw malformed();
  return value;
};

type Parsed = (error: Error | null, body?: unknown) => void;

/** JSON in UTF-8 and nothing else, so that a wrong byte is an answer and not a wrong letter. */
export const useJsonParser = (instance: FastifyInstance): void => {
  instance.removeAllContentTypeParsers();
  // Refuses `__proto__` and `constructor.prototype`.
  const parse = instance.getDefaultJsonParser('error', 'error');
  const parseBody = (request: FastifyRequest, bytes: Buffer, done: Parsed): void => {
    if (bytes.length === 0) {
      done(null, undefined);
      return;
    }
    if (!isUtf8(bytes)) {
      done(malformed());
      return;
    }
    const text = bytes.toString();
    void parse(request, text, (error, value) => {
      if (error !== null) done(malformed());
      else settle(() => checked(text, value), done);
    });
  };
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseBody);
};

const settle = (read: () => unknown, done: Parsed): void => {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    done(error instanceof Error ? error : malformed());
    return;
  }
  done(null, value);
};

/**
 * One JSON value a line; read as bytes, so that each line is judged on its own. Where `isStreamed` says so
 * the body is handed on as the stream that it is.
 */
export const useNdjsonParser = (
  instance: FastifyInstance,
  isStreamed: (request: FastifyRequest) => boolean,
): void => {
  instance.addContentTypeParser(
    'application/x-ndjson',
    (request: FastifyRequest, payload: AsyncIterable<Buffer>, done: Parsed): void => {
      if (isStreamed(request)) {
        done(null, payload);
        return;
      }
      collected(payload, request.routeOptions.bodyLimit).then(
        (bytes) => {
          done(null, bytes);
        },
        (error: unknown) => {
          done(error instanceof Error ? error : malformed());
        },
      );
    },
  );
};

const collected = async (payload: AsyncIterable<Buffer>, limit: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of payload) {
    length += piece.length;
    if (length > limit)
      throw problem('body-too-large', 'The body is larger than this address takes.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};
