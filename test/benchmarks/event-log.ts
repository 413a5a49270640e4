import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import type { EventLog, EventLogUnavailable, StoredEvent } from '#libs/event-log/port';
import type { BenchmarkResult } from './result.ts';

const WRITERS = 64;
const BATCH = 500;
const EVENTS = 2;
const PAGE = 2_000;

/** About the size of a real subscription: 650 bytes in all. */
const data = JSON.stringify({ text: 'x'.repeat(150) });
const metadata = JSON.stringify({ text: 'y'.repeat(300) });
const personal = randomBytes(200);
const newEvents = (): StoredEvent[] =>
  Array.from({ length: EVENTS }, () => ({
    id: randomUUID(),
    type: 'SampleHappened.v1',
    data,
    metadata,
    personal,
  }));
const newStream = (): string => `recipient-rcp_${randomBytes(13).toString('hex')}`;
const newAppend = () =>
  ({ stream: newStream(), expected: 'no-stream', events: newEvents() }) as const;

/** Things done in a second. */
const rateOf = async (count: number, work: () => unknown): Promise<number> => {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
};

const appendFromManyWriters = (log: EventLog, appends: number): Promise<unknown> => {
  let left = appends;
  const writer = async (): Promise<void> => {
    while (left-- > 0) await log.append(newAppend());
  };
  return Promise.all(Array.from({ length: WRITERS }, writer));
};

const appendInBatches = async (log: EventLog, streams: number): Promise<void> => {
  for (let done = 0; done < streams; done += BATCH) {
    await log.appendMany(Array.from({ length: BATCH }, newAppend));
  }
};

const readEverything = async (log: EventLog): Promise<void> => {
  let after: Awaited<ReturnType<EventLog['head']>>;
  do after = (await log.readAll({ after, limit: PAGE })).at(-1)?.position;
  while (after !== undefined);
};

/** The same bytes in one plain table, as durable, without a log's promises. */
class PlainTable {
  readonly #database: DatabaseSync;

  constructor(directory: string) {
    this.#database = new DatabaseSync(join(directory, 'baseline.sqlite'));
    this.#database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    this.#database.exec(
      `CREATE TABLE event (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, id TEXT,
       type TEXT, data TEXT, metadata TEXT, personal BLOB, UNIQUE (stream, revision))`,
    );
  }

  append(streams: number, streamsInCommit: number): void {
    const insert = this.#database.prepare(
      `INSERT INTO event (stream, revision, id, type, data, metadata, personal)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    );
    for (let done = 0; done < streams; done += streamsInCommit) {
      this.#database.exec('BEGIN IMMEDIATE');
      for (let index = 0; index < streamsInCommit; index += 1) {
        const stream = newStream();
        for (const [revision, event] of newEvents().entries()) {
          insert.run(stream, revision, event.id, event.type, data, metadata, personal);
        }
      }
      this.#database.exec('COMMIT');
    }
  }

  read(): void {
    const page = this.#database.prepare(
      'SELECT * FROM event WHERE position > ? ORDER BY position LIMIT ?',
    );
    let after: unknown = 0;
    while (typeof after === 'number') after = page.all(after, PAGE).at(-1)?.['position'];
  }

  close(): void {
    this.#database.close();
  }
}

const onFatal = (failure: EventLogUnavailable): void => {
  throw failure;
};

/** Appends and reads of the embedded log, beside plain SQLite doing as much. */
export const benchmarkEventLog = async (
  options: Readonly<{ small: boolean }>,
): Promise<BenchmarkResult[]> => {
  const streams = options.small ? 5_000 : 50_000;
  const directory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-log-'));
  const log = await embeddedEventLog({ directory, onFatal });
  const table = new PlainTable(directory);
  try {
    const single = await rateOf(streams, () => appendFromManyWriters(log, streams));
    const plainSingle = await rateOf(streams, () => table.append(streams, WRITERS));
    const batched = await rateOf(streams, () => appendInBatches(log, streams));
    const plainBatched = await rateOf(streams, () => table.append(streams, BATCH));
    const events = 2 * streams * EVENTS;
    const read = await rateOf(events, () => readEverything(log));
    const plainRead = await rateOf(events, () => table.read());
    return [
      {
        name: `ledger: durable appends of ${EVENTS} events, ${WRITERS} writers`,
        value: single,
        unit: 'appends/s',
        baseline: { name: `plain SQLite, ${WRITERS} a commit`, value: plainSingle },
      },
      {
        name: `ledger: appendMany of ${BATCH} streams, ${EVENTS} events each`,
        value: batched,
        unit: 'streams/s',
        baseline: { name: `plain SQLite, ${BATCH} a commit`, value: plainBatched },
      },
      {
        name: 'ledger: reading everything in order',
        value: read,
        unit: 'events/s',
        baseline: { name: 'plain SQLite', value: plainRead },
      },
    ];
  } finally {
    table.close();
    await log.close();
    await rm(directory, { recursive: true });
  }
};
