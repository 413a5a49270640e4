import type { ExpectedRevision, StreamAppend } from '../port.ts';
import { bytesOfText, withPersonal } from './event-bytes.ts';
import type { StreamNames } from './stream-names.ts';

export type PreparedEvent = Readonly<{
  id: string;
  type: string;
  data: Uint8Array;
  metadata: Uint8Array;
}>;

export type PreparedAppend = Readonly<{
  stream: string;
  /** Its name on the server. */
  name: string;
  expected: ExpectedRevision;
  events: readonly PreparedEvent[];
}>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The server refuses a larger call, and with it may refuse those beside it. */
const MOST_BYTES = 1024 * 1024;

/**
 * Checks an append before it leaves: the server answers a bad one by refusing all that share its
 * connection. Throws `TypeError`, since a bad append is the caller's bug.
 */
export const prepareAppend = (append: StreamAppend, names: StreamNames): PreparedAppend => {
  const { stream, expected, events } = append;
  if (events.length === 0) throw new TypeError(`An append to ${stream} holds no event.`);
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new TypeError(`Not a revision: ${expected}`);
  }
  const name = names.toServer(stream);
  const prepared = events.map(({ id, type, data, metadata, personal }) => {
    if (!UUID.test(id)) throw new TypeError('An event id is not a UUID in lower case.');
    if (!/^[A-Za-z]/.test(type)) throw new TypeError('The type of an event begins with a letter.');
    return {
      id,
      type,
      data: bytesOfText(data),
      metadata: bytesOfText(withPersonal(metadata, personal)),
    };
  });
  const bytes = prepared.reduce((sum, each) => sum + each.data.length + each.metadata.length, 0);
  if (bytes > MOST_BYTES) throw new TypeError(`An append to ${stream} is larger than 1 MiB.`);
  return { stream, name, expected, events: prepared };
};

/** The revision that the last event of an append gets. */
export const lastRevision = ({ expected, events }: PreparedAppend): number =>
  firstRevision(expected) + events.length - 1;

/** The revision that the first event of an append gets. */
export const firstRevision = (expected: ExpectedRevision): number =>
  expected === 'no-stream' ? 0 : expected + 1;
