import type { Position } from '#domain/kernel/index';
import type {
  Appended,
  AppendOutcome,
  EventLog,
  EventLogUnavailable,
  LogIdentity,
  PersonalReading,
  RecordedBytes,
  StreamAppend,
  StreamReading,
} from '../port.ts';
import { AppendFeed } from './append-feed.ts';
import { appendInOrder } from './append-in-order.ts';
import { appendAll } from './append-pool.ts';
import { Appender } from './appender.ts';
import { Connection } from './connection.ts';
import { EventReader } from './event-reader.ts';
import { closed, eventLogFailure } from './failure.ts';
import { identifyCopied, identityOf } from './identity.ts';
import { backOff, USUAL_PATIENCE, type Patience } from './patience.ts';
import { prepareAppend } from './prepared-append.ts';
import { mustBeKnownVersion } from './server-version.ts';
import { streamNames, type StreamNames } from './stream-names.ts';

export type EventStoreDbEventLogOptions = Readonly<{
  /** `esdb://user:password@host:2113?tls=true`, as EventStoreDB writes it. */
  url: string;
  /** Where several ledgers share a server, the names of this one's streams begin with it. */
  streamPrefix?: string;
  /** For a log that is made as the copy of another one, until `completeCopy`: the `ledgerId` of that. */
  ledgerId?: string;
  /** Refuses a server without a ledger (`cannot-open`), where one is made otherwise. */
  mustExist?: boolean;
  patience?: Partial<Patience>;
  /** Appends of one `appendMany` that wait for their replies at the same time. */
  appendsInFlight?: number;
  /** Appends of one `appendMany` stand in the total order as they were given, at half the rate: for a copy. */
  inOrder?: boolean;
}>;

/** With 256, we and the server mostly wait for each other's bursts; with far more, each append waits longer. */
const APPENDS_IN_FLIGHT = 512;
/** Fewer, since after a broken connection each is resolved alone. */
const APPENDS_IN_ORDER = 64;
const STREAMS_AT_ONCE = 64;

/**
 * The event log in EventStoreDB, for any number of processes and machines. Throws `EventLogUnavailable` when
 * the server cannot be used, after a bounded time; its message can be shown as it is.
 */
export const eventStoreDbEventLog = (options: EventStoreDbEventLogOptions): Promise<EventLog> =>
  opened(options, identityOf);

/**
 * The log holds all that was to be copied: from now on it is one like any other. `ledgerId` as it was given when
 * the copy was opened. Throws `EventLogUnavailable`.
 */
export const completeCopy = async (
  options: EventStoreDbEventLogOptions & Readonly<{ ledgerId: string }>,
): Promise<void> => {
  const log = await opened(options, async (parts) => {
    await identifyCopied(parts);
    return identityOf(parts);
  });
  await log.close();
};

const opened = async (
  options: EventStoreDbEventLogOptions,
  identify: typeof identityOf,
): Promise<EventLog> => {
  const parts = partsOf(options);
  const { connection, patience, ended } = parts;
  const until = performance.now() + patience.open;
  for (let failures = 0; ; failures += 1) {
    try {
      await mustBeKnownVersion(connection, Math.max(until - performance.now(), 1));
      const { server } = connection;
      const { ledgerId, mustExist = false } = options;
      const identity = await identify({ ...parts, server, ledgerId, mustExist });
      return new EventStoreDbEventLog(parts, identity);
    } catch (error) {
      const failure = eventLogFailure(error, connection.server);
      if (failure.code !== 'unreachable' || performance.now() > until) {
        await connection.close();
        throw failure;
      }
      await backOff(failures, ended.signal);
    }
  }
};

type Parts = Readonly<{
  connection: Connection;
  names: StreamNames;
  patience: Patience;
  reader: EventReader;
  appender: Appender;
  /** Aborted once the log is closed. */
  ended: AbortController;
  appendsInFlight: number;
  appendMany: typeof appendAll;
}>;

const partsOf = (options: EventStoreDbEventLogOptions): Parts => {
  const { url, streamPrefix, inOrder = false } = options;
  const { appendsInFlight = inOrder ? APPENDS_IN_ORDER : APPENDS_IN_FLIGHT } = options;
  const patience = { ...USUAL_PATIENCE, ...options.patience };
  const names = streamNames(streamPrefix);
  const connection = new Connection(url);
  const ended = new AbortController();
  const shared = { connection, names, patience, ended: ended.signal };
  const reader = new EventReader(shared);
  const appender = new Appender({ ...shared, reader });
  const appendMany = inOrder ? appendInOrder : appendAll;
  return { connection, names, patience, reader, appender, ended, appendsInFlight, appendMany };
};

class EventStoreDbEventLog implements EventLog {
  readonly #parts: Parts;
  readonly #identity: LogIdentity;
  readonly #feed: AppendFeed;
  /** Appends that were accepted and have no outcome yet. */
  readonly #accepted = new Set<Promise<unknown>>();
  #end: EventLogUnavailable | undefined;

  constructor(parts: Parts, identity: LogIdentity) {
    this.#parts = parts;
    this.#identity = identity;
    const head = (): Promise<Position | undefined> => parts.reader.head();
    this.#feed = new AppendFeed({ ...parts, head, ended: parts.ended.signal });
  }

  async append(append: StreamAppend): Promise<Appended> {
    const [outcome] = await this.appendMany([append]);
    if (outcome === undefined) throw new Error('An append has no outcome.');
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  async appendMany(appends: readonly StreamAppend[]): Promise<readonly AppendOutcome[]> {
    this.#mustServe();
    const { names, appender, appendsInFlight, appendMany } = this.#parts;
    const prepared = appends.map((append) => prepareAppend(append, names));
    const appending = appendMany(prepared, appendsInFlight, appender);
    this.#accepted.add(appending);
    try {
      const outcomes = await appending;
      for (const outcome of outcomes) if (outcome.ok) this.#feed.noted(outcome.value.position);
      return outcomes;
    } finally {
      this.#accepted.delete(appending);
    }
  }

  async readStream(stream: string, options?: StreamReading): Promise<readonly RecordedBytes[]> {
    return this.#read(() => this.#parts.reader.stream(stream, options));
  }

  async readStreams(
    streams: readonly string[],
    options?: PersonalReading,
  ): Promise<readonly (readonly RecordedBytes[])[]> {
    const { reader } = this.#parts;
    const found: RecordedBytes[][] = [];
    // Some at a time: after a failure the others need not be tried.
    for (let start = 0; start < streams.length; start += STREAMS_AT_ONCE) {
      const some = streams.slice(start, start + STREAMS_AT_ONCE);
      const read = () => Promise.all(some.map((stream) => reader.stream(stream, options)));
      found.push(...(await this.#read(read)));
    }
    return found;
  }

  async readAll(
    options: {
      readonly after?: Position | undefined;
      readonly limit: number;
      readonly categories?: readonly string[];
    } & PersonalReading,
  ): Promise<readonly RecordedBytes[]> {
    const { after, limit } = options;
    return this.#read(() => this.#parts.reader.all(after, limit, options));
  }

  async identity(): Promise<LogIdentity> {
    this.#mustServe();
    return this.#identity;
  }

  async head(): Promise<Position | undefined> {
    return this.#read(() => this.#parts.reader.head());
  }

  async waitForAppend(after: Position | undefined, signal: AbortSignal): Promise<boolean> {
    this.#mustServe();
    return this.#feed.wait(after, signal);
  }

  async close(): Promise<void> {
    const { connection, appender, ended } = this.#parts;
    this.#end ??= closed(connection.server);
    await Promise.allSettled(this.#accepted);
    ended.abort();
    this.#feed.stop(this.#end);
    await appender.close();
    await connection.close();
  }

  #mustServe(): void {
    if (this.#end !== undefined) throw this.#end;
  }

  /** What was still being read when the log was closed ends with that, not with a broken connection. */
  async #read<T>(read: () => Promise<T>): Promise<T> {
    this.#mustServe();
    try {
      return await read();
    } catch (error) {
      this.#mustServe();
      throw error;
    }
  }
}
