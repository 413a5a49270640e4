import { closeSync, fdatasync, ftruncateSync, openSync, readFileSync, write } from 'node:fs';
import { promisify } from 'node:util';
import type { NewRecord } from './record.ts';

const writeTo = promisify(write);
const flush = promisify(fdatasync);

/** Events of one append, as they stand in the journal. */
export type JournalEntry = Readonly<{
  stream: string;
  created: number;
  events: readonly NewRecord[];
}>;

type Header = Readonly<{
  stream: string;
  created: number;
  events: readonly Readonly<{
    id: string;
    type: string;
    contentType: string;
    data: number;
    metadata: number;
  }>[];
}>;

const LENGTHS = 8;

/** One append as bytes: two lengths, a header in JSON, then data and metadata of each event. */
export const entryBytes = ({ stream, created, events }: JournalEntry): Buffer => {
  const header: Header = {
    stream,
    created,
    events: events.map(({ id, type, contentType, data, metadata }) => ({
      id,
      type,
      contentType,
      data: data.length,
      metadata: metadata.length,
    })),
  };
  const head = Buffer.from(JSON.stringify(header));
  const body = Buffer.concat(events.flatMap(({ data, metadata }) => [data, metadata]));
  const lengths = Buffer.alloc(LENGTHS);
  lengths.writeUInt32LE(head.length, 0);
  lengths.writeUInt32LE(body.length, 4);
  return Buffer.concat([lengths, head, body]);
};

/** The entries of a journal, and where the last whole one ends: the process may have died while writing. */
const entriesOf = (bytes: Buffer): { entries: JournalEntry[]; end: number } => {
  const entries: JournalEntry[] = [];
  let end = 0;
  while (end + LENGTHS <= bytes.length) {
    const bodyStart = end + LENGTHS + bytes.readUInt32LE(end);
    const next = bodyStart + bytes.readUInt32LE(end + 4);
    if (next > bytes.length) break;
    const text = bytes.toString('utf8', end + LENGTHS, bodyStart);
    entries.push(entryOf(JSON.parse(text) as Header, bytes.subarray(bodyStart, next)));
    end = next;
  }
  return { entries, end };
};

const entryOf = ({ stream, created, events }: Header, body: Buffer): JournalEntry => {
  let at = 0;
  const take = (length: number): Uint8Array => new Uint8Array(body.subarray(at, (at += length)));
  return {
    stream,
    created,
    events: events.map(({ id, type, contentType, data, metadata }) => ({
      id,
      type,
      contentType,
      data: take(data),
      metadata: take(metadata),
    })),
  };
};

export type Journal = Readonly<{
  entries: readonly JournalEntry[];
  add: (bytes: Buffer) => Promise<void>;
  close: () => void;
}>;

/**
 * `isFlushed`: each write reaches the disk before it counts, in two steps as on the real server: first the
 * events, then a checkpoint that says how far they reach.
 */
export const openJournal = (path: string, isFlushed: boolean): Journal => {
  const file = openSync(path, 'a+', 0o600);
  const { entries, end } = entriesOf(readFileSync(path));
  ftruncateSync(file, end);
  const checkpoint = isFlushed ? openSync(`${path}.checkpoint`, 'w', 0o600) : undefined;
  const reached = Buffer.alloc(LENGTHS);
  let size = end;
  return {
    entries,
    add: async (bytes) => {
      let done = 0;
      while (done < bytes.length) done += (await writeTo(file, bytes, done)).bytesWritten;
      size += bytes.length;
      if (checkpoint === undefined) return;
      await flush(file);
      reached.writeDoubleLE(size);
      await writeTo(checkpoint, reached, 0, LENGTHS, 0);
      await flush(checkpoint);
    },
    close: () => {
      closeSync(file);
      if (checkpoint !== undefined) closeSync(checkpoint);
    },
  };
};
