import { isUtf8 } from 'node:buffer';
import { isWellFormed } from '../../http/body-parsers.ts';
import { problem } from '../../http/problem.ts';

export const LARGEST_BATCH = 10_000;

/** A line of the body, or an element of its array; undefined stands for a line that is no JSON. */
export type RawItem = Readonly<{ value: unknown }> | undefined;

const parsed = (line: string): RawItem => {
  try {
    const value = JSON.parse(line) as unknown;
    return isWellFormed(value) ? { value } : undefined;
  } catch {
    return undefined;
  }
};

const linesOf = (bytes: Buffer): readonly RawItem[] => {
  if (!isUtf8(bytes)) throw problem('malformed-request', 'The body is not UTF-8.');
  return bytes
    .toString()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map(parsed);
};

/** Items of a JSON array or of NDJSON. Throws the problems `invalid-request` and `too-many-items`. */
export const itemsOf = (body: unknown): readonly RawItem[] => {
  const items = Buffer.isBuffer(body) ? linesOf(body) : elementsOf(body);
  if (items.length > LARGEST_BATCH) {
    throw problem('too-many-items', `Send at most ${String(LARGEST_BATCH)} items at once.`);
  }
  return items;
};

const elementsOf = (body: unknown): readonly RawItem[] => {
  if (Array.isArray(body)) return body.map((value: unknown) => ({ value }));
  throw problem('invalid-request', 'Send a JSON array, or NDJSON as application/x-ndjson.', {
    errors: [{ path: '', code: 'invalid', message: 'must be a JSON array' }],
  });
};
