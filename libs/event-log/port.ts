import type { Position } from '#domain/kernel/index';

/** An event as bytes: `data` and `metadata` are canonical JSON (RFC 8785), `personal` is cipher text. */
export type StoredEvent = Readonly<{
  /** UUID; the same for a repeated command. */
  id: string;
  type: string;
  data: string;
  metadata: string;
  personal?: Uint8Array;
}>;

export type RecordedBytes = StoredEvent &
  Readonly<{ stream: string; revision: number; position: Position }>;

/** The revision the writer decided on: the last one it saw, or that the stream does not exist. */
export type ExpectedRevision = number | 'no-stream';

export type StreamAppend = Readonly<{
  stream: string;
  expected: ExpectedRevision;
  /** At least one; they become visible together or not at all. */
  events: readonly StoredEvent[];
}>;

/** Revision and position of the last event written. */
export type Appended = Readonly<{ revision: number; position: Position }>;

export type AppendOutcome =
  Readonly<{ ok: true; value: Appended }> | Readonly<{ ok: false; error: VersionConflict }>;

/** The stream is not where the writer believed: somebody else wrote first. */
export class VersionConflict extends Error {
  readonly code = 'version-conflict';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;

  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`Stream ${stream} is at ${String(actual)}, not at ${String(expected)}.`);
    this.name = 'VersionConflict';
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/**
 * `ledgerId` names the ledger, and stays the same when it is copied to another engine: keys belong to it.
 * `logId` names this very log: a position means nothing in another one. Both are UUIDs.
 */
export type LogIdentity = Readonly<{ ledgerId: string; logId: string }>;

/** Why the log cannot serve. */
export type EventLogFailure =
  /** Nothing of the append was stored; reads go on, later appends may succeed. */
  | 'disk-full'
  /** The outcome is unknown, and this process must stop: a later success would prove nothing. */
  | 'io-error'
  /** The file is damaged, is no event log, or was written by a newer version. */
  | 'corrupt'
  /** The file cannot be opened or written at all. */
  | 'cannot-open'
  /** Another program has kept the file locked for long. Nothing of the append was stored. */
  | 'locked'
  /** The server does not answer now. What was asked may be asked again: nothing is done twice. */
  | 'unreachable'
  /** The server refuses the name or the password, or what they may do. */
  | 'unauthorised'
  /** What answers is no event log that this program can use. */
  | 'wrong-version'
  /** The log is a copy that was interrupted: it ends too early. */
  | 'half-created'
  /** `close()` was called before. */
  | 'closed';

/** The log cannot serve. Its message can be shown as it is: it names a file or a server, never a password. */
export class EventLogUnavailable extends Error {
  readonly code: EventLogFailure;

  constructor(code: EventLogFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EventLogUnavailable';
    this.code = code;
  }
}

/**
 * The types of events whose cipher texts a reader has a use for, all when absent: they cost as much as the rest of
 * their events. Each other personal part comes empty.
 */
export type PersonalReading = Readonly<{ personalOf?: ReadonlySet<string> }>;
export type StreamReading = PersonalReading & Readonly<{ from?: number; limit?: number }>;

/** The append-only log. Every promise of an append resolves only when its events are durable. */
export interface EventLog {
  /**
   * Throws `VersionConflict` or `EventLogUnavailable`. A repeat (events with the same ids stand right
   * after `expected`) succeeds with what was recorded the first time, and writes nothing.
   */
  append(append: StreamAppend): Promise<Appended>;
  /**
   * Many streams, each atomic, each with its own outcome, in the order given. When it throws
   * `EventLogUnavailable`, some may have been stored: repeat the call, which is safe.
   */
  appendMany(appends: readonly StreamAppend[]): Promise<readonly AppendOutcome[]>;
  /** Events of one stream with revision ≥ `from`, in order; empty when there is no such stream. */
  readStream(stream: string, options?: StreamReading): Promise<readonly RecordedBytes[]>;
  /** Several whole streams at once, in the order asked. */
  readStreams(
    streams: readonly string[],
    options?: PersonalReading,
  ): Promise<readonly (readonly RecordedBytes[])[]>;
  /** One page of the total order, strictly after a position; shorter than `limit` only at the end. */
  readAll(
    options: {
      readonly after?: Position | undefined;
      readonly limit: number;
      /** Only streams of these categories (`recipient`, `campaign`, …); all when absent. */
      readonly categories?: readonly string[];
    } & PersonalReading,
  ): Promise<readonly RecordedBytes[]>;
  /** Made with the log, by whichever process is first. */
  identity(): Promise<LogIdentity>;
  /** Position of the last event, undefined for an empty log. */
  head(): Promise<Position | undefined>;
  /**
   * Resolves true once something is recorded after the position, by whichever process, and false when
   * the signal aborts. Throws `EventLogUnavailable`.
   */
  waitForAppend(after: Position | undefined, signal: AbortSignal): Promise<boolean>;
  /** Writes what was accepted, then lets go of the files. */
  close(): Promise<void>;
}
