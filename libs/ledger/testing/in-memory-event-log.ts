import { randomUUID } from 'node:crypto';
import { splitStreamName, type Position } from '#domain/kernel/index';
import {
  EventLogUnavailable,
  VersionConflict,
  type AppendOutcome,
  type EventLog,
  type ExpectedRevision,
  type LogIdentity,
  type PersonalReading,
  type RecordedBytes,
  type StoredEvent,
  type StreamAppend,
} from '#libs/event-log/port';

const positionOf = (index: number): Position => String(index).padStart(16, '0') as Position;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const mustBeAppend = ({ stream, expected, events }: StreamAppend): void => {
  const known = expected === 'no-stream' || (Number.isSafeInteger(expected) && expected >= 0);
  if (!known || events.length === 0 || !events.every(({ id }) => UUID.test(id))) {
    throw new TypeError('An append needs a revision from 0 on, and events whose ids are UUIDs.');
  }
  splitStreamName(stream);
};

/** The last event of an append that was made before, wherever the stream is by now. */
const repeated = (
  history: readonly RecordedBytes[],
  expected: ExpectedRevision,
  events: readonly StoredEvent[],
): RecordedBytes | undefined => {
  const first = expected === 'no-stream' ? 0 : expected + 1;
  const isRepeat = events.every(({ id }, index) => history[first + index]?.id === id);
  return isRepeat ? history[first + events.length - 1] : undefined;
};

const asAskedFor =
  ({ personalOf }: PersonalReading) =>
  (event: RecordedBytes): RecordedBytes =>
    event.personal === undefined || personalOf === undefined || personalOf.has(event.type)
      ? event
      : { ...event, personal: new Uint8Array() };

/** What several in-memory event logs may share, as several processes share a file. */
export class InMemoryEvents {
  readonly identity: LogIdentity = { ledgerId: randomUUID(), logId: randomUUID() };
  readonly all: RecordedBytes[] = [];
  readonly streams = new Map<string, RecordedBytes[]>();
  readonly wakers = new Set<() => void>();
}

/** An event log that forgets everything with the process: for fast tests of what stands on the port. */
export const inMemoryEventLog = (shared = new InMemoryEvents()): EventLog => {
  const { identity, all, streams, wakers } = shared;
  let closed = false;

  const assertOpen = (): void => {
    if (closed) throw new EventLogUnavailable('closed', 'The event log is closed.');
  };
  const revisionOf = (stream: string): ExpectedRevision =>
    streams.get(stream)?.at(-1)?.revision ?? 'no-stream';

  const write = ({ stream, expected, events }: StreamAppend): AppendOutcome => {
    const actual = revisionOf(stream);
    const history = streams.get(stream) ?? [];
    if (actual !== expected) {
      const last = repeated(history, expected, events);
      if (last !== undefined) {
        return { ok: true, value: { revision: last.revision, position: last.position } };
      }
      return { ok: false, error: new VersionConflict(stream, expected, actual) };
    }
    for (const event of events) {
      const place = { stream, revision: history.length, position: positionOf(all.length) };
      const recorded = { ...event, ...place };
      history.push(recorded);
      all.push(recorded);
    }
    streams.set(stream, history);
    const revision = history.length - 1;
    return { ok: true, value: { revision, position: positionOf(all.length - 1) } };
  };
  const appendMany = async (
    appends: readonly StreamAppend[],
  ): Promise<readonly AppendOutcome[]> => {
    assertOpen();
    appends.forEach(mustBeAppend);
    const outcomes = appends.map(write);
    for (const wake of wakers) wake();
    return outcomes;
  };
  const isAfter = (after: Position | undefined): boolean => {
    const last = all.at(-1);
    return last !== undefined && (after === undefined || last.position > after);
  };

  return {
    appendMany,
    append: async (append) => {
      const [outcome] = await appendMany([append]);
      if (outcome?.ok !== true) throw outcome?.error ?? new Error('No outcome.');
      return outcome.value;
    },
    readStream: async (stream, options = {}) => {
      assertOpen();
      const { from = 0, limit } = options;
      const end = limit === undefined ? undefined : from + limit;
      return (streams.get(stream) ?? []).slice(from, end).map(asAskedFor(options));
    },
    readStreams: async (names, options = {}) => {
      assertOpen();
      return names.map((name) => (streams.get(name) ?? []).map(asAskedFor(options)));
    },
    readAll: async ({ after, limit, categories, ...options }) => {
      assertOpen();
      const prefixes = categories?.map((category) => `${category}-`);
      return all
        .slice(after === undefined ? 0 : Number(after) + 1)
        .filter(({ stream }) => prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true)
        .slice(0, limit)
        .map(asAskedFor(options));
    },
    identity: async () => {
      assertOpen();
      return identity;
    },
    head: async () => all.at(-1)?.position,
    waitForAppend: async (after, signal) => {
      while (!isAfter(after)) {
        assertOpen();
        if (signal.aborted) return false;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            wakers.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          wakers.add(wake);
          signal.addEventListener('abort', wake, { once: true });
        });
      }
      return true;
    },
    close: async () => {
      closed = true;
      for (const wake of wakers) wake();
    },
  };
};
