import { splitStreamName } from '#domain/kernel/index';
import type { ExpectedRevision, StreamAppend } from '../port.ts';
import { uuidToBytes } from './uuid-bytes.ts';

export type PreparedEvent = Readonly<{
  id: Uint8Array;
  type: string;
  data: string;
  metadata: string;
  personal: Uint8Array | null;
}>;

export type PreparedAppend = Readonly<{
  stream: string;
  category: string;
  expected: ExpectedRevision;
  events: readonly PreparedEvent[];
}>;

/**
 * Checks an append before it joins others in a transaction, where a mistake would hit them too.
 * Throws TypeError: a bad append is the caller's bug.
 */
export const prepareAppend = ({ stream, expected, events }: StreamAppend): PreparedAppend => {
  if (events.length === 0) throw new TypeError(`An append to ${stream} holds no event.`);
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new TypeError(`Not a revision: ${expected}`);
  }
  return {
    stream,
    category: splitStreamName(stream).category,
    expected,
    events: events.map((event) => ({
      id: uuidToBytes(event.id),
      type: event.type,
      data: event.data,
      metadata: event.metadata,
      personal: event.personal ?? null,
    })),
  };
};
