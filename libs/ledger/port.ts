import type {
  AccountId,
  Actor,
  AnyEvent,
  Channel,
  Codec,
  Evidence,
  Instant,
  Position,
  Recorded,
  WordingShown,
} from '#domain/kernel/index';
import type { Appended, ExpectedRevision, VersionConflict } from '#libs/event-log/port';

/** What the ledger must know of a kind of stream to read and write it. */
export type StreamFormat<E extends AnyEvent> = Readonly<{
  category: string;
  codec: Codec<E>;
  subjectOf?: (key: string) => string;
}>;

/** Who and what caused the events of one command. */
export type CommandContext = Readonly<{
  accountId: AccountId;
  actor: Actor;
  channel: Channel;
  /** UUID; a repeated command carries the same one. */
  commandId: string;
  correlationId: string;
  now: Instant;
  /** When it happened in the world, where that is not now (imports). */
  occurredAt?: Instant;
  wording?: WordingShown;
  policyVersion?: string;
  evidence?: Evidence;
}>;

/** Events to append to one stream. */
export type LedgerAppend<E extends AnyEvent = AnyEvent> = Readonly<{
  format: StreamFormat<E>;
  key: string;
  expected: ExpectedRevision;
  events: readonly E[];
  context: CommandContext;
}>;

export type LedgerAppendOutcome =
  Readonly<{ ok: true; value: Appended }> | Readonly<{ ok: false; error: VersionConflict }>;

/** What is opened of personal parts on the way out. */
export type Opening = Readonly<{
  /**
   * Types of events (`ProfileChanged`) whose personal parts are opened; all when absent. The others stay
   * closed and come as `shredded`: nobody decrypts what nobody reads.
   */
  opens?: ReadonlySet<string>;
}>;

/** For readers of dates and codes: no key is looked up and nothing decrypted. */
export const NOTHING_PERSONAL: Opening = { opens: new Set() };

/**
 * The event log with meaning: typed events in and out, canonical bytes, personal parts encrypted under
 * their subject's key. The keys exist durably before the events that need them.
 */
export interface Ledger {
  /** History of one stream from a revision on; personal parts whose key is gone are `shredded`. */
  read<E extends AnyEvent>(
    format: StreamFormat<E>,
    key: string,
    options?: { readonly from?: number; readonly limit?: number } & Opening,
  ): Promise<readonly Recorded<E>[]>;
  /** Several histories at once, in the order asked. */
  readMany<E extends AnyEvent>(
    format: StreamFormat<E>,
    keys: readonly string[],
    options?: Opening,
  ): Promise<readonly (readonly Recorded<E>[])[]>;
  /** Throws `VersionConflict`. */
  append<E extends AnyEvent>(append: LedgerAppend<E>): Promise<Appended>;
  appendMany<E extends AnyEvent>(
    appends: readonly LedgerAppend<E>[],
  ): Promise<readonly LedgerAppendOutcome[]>;
  /** One page of everything recorded, decoded by the formats of the categories asked for. */
  readAll(
    options: {
      readonly after?: Position | undefined;
      readonly limit: number;
      readonly formats: readonly StreamFormat<AnyEvent>[];
    } & Opening,
  ): Promise<readonly Recorded<AnyEvent>[]>;
  head(): Promise<Position | undefined>;
  waitForAppend(after: Position | undefined, signal: AbortSignal): Promise<boolean>;
}
