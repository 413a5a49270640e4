import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '#libs/sqlite/index';
import type { Position } from '#domain/kernel/index';
import {
  EventLogUnavailable,
  type Appended,
  type AppendOutcome,
  type EventLog,
  type LogIdentity,
  type PersonalReading,
  type RecordedBytes,
  type StreamAppend,
  type StreamReading,
} from '../port.ts';
import { AppendWatch } from './append-watch.ts';
import { Checkpoints } from './checkpoints.ts';
import { EventReader } from './event-reader.ts';
import { closed, eventLogFailure, isFatal } from './failure.ts';
import { GroupCommit } from './group-commit.ts';
import { identityOf } from './identity.ts';
import { prepareAppend } from './prepared-append.ts';
import { migrations } from './schema.ts';
import { StreamNames } from './stream-names.ts';

export type EmbeddedEventLogOptions = Readonly<{
  /** Made when it is not there. Several processes may use one. */
  directory: string;
  /**
   * An I/O error or a damaged file: the log refuses everything from now on, and this process must
   * stop. Called once, after the callers concerned have been told.
   */
  onFatal: (failure: EventLogUnavailable) => void;
  /** For a log that is made as the copy of another one, until `completeCopy`: the `ledgerId` of that. */
  ledgerId?: string;
  /** `NORMAL` loses confirmed events in a power cut; it is there to show that the tests notice. */
  synchronous?: 'FULL' | 'NORMAL';
  /** Pages of 4 KiB in the write-ahead log before they are copied back into the file. */
  checkpointAfterPages?: number;
}>;

export const LEDGER_FILE = 'ledger.sqlite';

/**
 * The event log in one SQLite file, for one machine.
 * Throws `EventLogUnavailable` when the file cannot be used; its message can be shown as it is.
 */
export const embeddedEventLog = async (options: EmbeddedEventLogOptions): Promise<EventLog> => {
  const path = join(options.directory, LEDGER_FILE);
  makeFolder(options.directory);
  try {
    return new EmbeddedEventLog(path, options);
  } catch (error) {
    throw eventLogFailure(error, path) ?? error;
  }
};

/** Marks the file as an event log ("ATTL"), so that another database in its place is refused. */
export const APPLICATION_ID = 0x4154544c;

const makeFolder = (directory: string): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const sentence = `The data folder ${directory} cannot be made. Check its path and permissions.`;
    throw new EventLogUnavailable('cannot-open', sentence, { cause });
  }
};

/** Streams read before other work has its turn. */
const STREAMS_AT_ONCE = 500;

class EmbeddedEventLog implements EventLog {
  readonly #path: string;
  readonly #onFatal: (failure: EventLogUnavailable) => void;
  readonly #connections: readonly DatabaseSync[];
  readonly #identity: LogIdentity;
  readonly #reader: EventReader;
  readonly #names: StreamNames;
  readonly #checkpoints: Checkpoints;
  readonly #commits: GroupCommit;
  readonly #watch: AppendWatch;
  /** Set once the log serves no more: it was closed, or has failed. */
  #end: EventLogUnavailable | undefined;

  constructor(path: string, options: EmbeddedEventLogOptions) {
    const { onFatal, synchronous = 'FULL', checkpointAfterPages = 1_000 } = options;
    const shared = {
      migrations,
      synchronous,
      applicationId: APPLICATION_ID,
      // Never within a commit: see Checkpoints.
      checkpointAfterPages: 0,
    };
    this.#path = path;
    this.#onFatal = onFatal;
    const writing = openDatabase(path, {
      ...shared,
      cacheMebibytes: 32,
      busyTimeoutMilliseconds: 0,
    });
    const reading = openDatabase(path, { ...shared, cacheMebibytes: 8 });
    this.#connections = [reading, writing];
    this.#identity = this.#identityIn(reading, options.ledgerId);
    this.#reader = new EventReader(reading);
    this.#names = new StreamNames(writing);
    this.#watch = new AppendWatch(() => this.#read(() => this.#reader.head()), `${path}-wal`);
    this.#checkpoints = new Checkpoints({
      database: writing,
      path,
      synchronous,
      afterPages: checkpointAfterPages,
      onError: (error) => this.#checkpointFailed(error),
    });
    this.#commits = new GroupCommit({
      database: writing,
      path,
      checkpoints: this.#checkpoints,
      onDurable: () => this.#watch.look(),
      onFatal: (failure) => this.#fail(failure),
    });
  }

  async append(append: StreamAppend): Promise<Appended> {
    const [outcome] = await this.appendMany([append]);
    if (outcome === undefined) throw new Error('An append has no outcome.');
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  }

  async appendMany(appends: readonly StreamAppend[]): Promise<readonly AppendOutcome[]> {
    this.#mustServe();
    if (appends.length === 0) return [];
    return this.#commits.append(appends.map(prepareAppend));
  }

  async readStream(stream: string, options?: StreamReading): Promise<readonly RecordedBytes[]> {
    return this.#read(() => this.#reader.stream(stream, options));
  }

  async readStreams(
    streams: readonly string[],
    options?: PersonalReading,
  ): Promise<readonly (readonly RecordedBytes[])[]> {
    const found: RecordedBytes[][] = [];
    for (let start = 0; start < streams.length; start += STREAMS_AT_ONCE) {
      if (start > 0) await setImmediate();
      const some = streams.slice(start, start + STREAMS_AT_ONCE);
      found.push(...this.#read(() => this.#streams(some, options)));
    }
    return found;
  }

  #streams(names: readonly string[], options?: PersonalReading): RecordedBytes[][] {
    const mayExist = this.#names.mayExist(names);
    const read = this.#reader
      .streams(
        names.filter((_, index) => mayExist[index]),
        options,
      )
      .values();
    return mayExist.map((may) => (may ? (read.next().value ?? []) : []));
  }

  async readAll(
    options: {
      readonly after?: Position | undefined;
      readonly limit: number;
      readonly categories?: readonly string[];
    } & PersonalReading,
  ): Promise<readonly RecordedBytes[]> {
    const { after, limit, categories } = options;
    return this.#read(() =>
      categories === undefined
        ? this.#reader.all(after, limit, options)
        : this.#reader.ofCategories(categories, after, limit, options),
    );
  }

  async identity(): Promise<LogIdentity> {
    this.#mustServe();
    return this.#identity;
  }

  async head(): Promise<Position | undefined> {
    return this.#read(() => this.#reader.head());
  }

  async waitForAppend(after: Position | undefined, signal: AbortSignal): Promise<boolean> {
    this.#mustServe();
    return this.#watch.wait(after, signal);
  }

  async close(): Promise<void> {
    this.#end ??= closed(this.#path);
    await this.#commits.idle();
    this.#watch.stop(this.#end);
    // Closing writes to the file, and after a failure this process must not.
    if (isFatal(this.#end)) return;
    await this.#checkpoints.close();
    for (const connection of this.#connections) if (connection.isOpen) connection.close();
  }

  #identityIn(database: DatabaseSync, ledgerId: string | undefined): LogIdentity {
    try {
      return identityOf(database, this.#path, ledgerId);
    } catch (error) {
      for (const connection of this.#connections) connection.close();
      throw error;
    }
  }

  #mustServe(): void {
    if (this.#end !== undefined) throw this.#end;
  }

  #read<T>(read: () => T): T {
    this.#mustServe();
    try {
      return read();
    } catch (error) {
      const failure = eventLogFailure(error, this.#path);
      if (failure !== undefined && isFatal(failure)) this.#fail(failure);
      throw failure ?? error;
    }
  }

  #checkpointFailed(error: unknown): void {
    const failure = eventLogFailure(error, this.#path);
    if (failure === undefined) throw error;
    // A full disk only delays it: what was confirmed is safe in the write-ahead log.
    if (isFatal(failure)) this.#fail(failure);
  }

  #fail(failure: EventLogUnavailable): void {
    if (this.#end !== undefined && this.#end.code !== 'closed') return;
    this.#end = failure;
    this.#checkpoints.stop();
    this.#commits.refuseAll(failure);
    this.#watch.stop(failure);
    // Later, so that those who wait hear of it before the process stops.
    void setImmediate().then(() => this.#onFatal(failure));
  }
}
