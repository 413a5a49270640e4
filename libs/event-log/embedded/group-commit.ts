import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { classifySqliteError } from '#libs/sqlite/index';
import type { AppendOutcome, EventLogUnavailable } from '../port.ts';
import { AppendQueue, QueuedCall } from './append-queue.ts';
import type { Checkpoints } from './checkpoints.ts';
import { eventLogFailure, isFatal } from './failure.ts';
import type { PreparedAppend } from './prepared-append.ts';
import { StreamWriter } from './stream-writer.ts';

/** A transaction takes no more appends after this long, so that other processes get the lock. */
const TRANSACTION_MILLISECONDS = 12;
/** Having used the lock for this long, a process leaves it alone for a moment. */
const TURN_MILLISECONDS = 15;
const STEP_ASIDE_MILLISECONDS = 2;
/** Longest pause between two attempts to get the lock. */
const RETRY_MILLISECONDS = 5;
const GIVE_UP_MILLISECONDS = 30_000;

type Options = Readonly<{
  database: DatabaseSync;
  path: string;
  checkpoints: Checkpoints;
  onDurable: () => void;
  onFatal: (failure: EventLogUnavailable) => void;
}>;

/**
 * Appends that arrive while a transaction is being made durable wait together and share the next
 * one: many writers, one fsync. The connection's busy timeout must be 0: waiting for another
 * process happens here, without blocking the thread.
 */
export class GroupCommit {
  readonly #options: Options;
  readonly #queue = new AppendQueue();
  readonly #writer: StreamWriter;
  #work: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#writer = new StreamWriter(options.database);
  }

  append(appends: readonly PreparedAppend[]): Promise<readonly AppendOutcome[]> {
    const call = new QueuedCall(appends);
    this.#queue.add(call);
    this.#work ??= this.#writeAll().finally(() => (this.#work = undefined));
    return call.answer;
  }

  /** Resolves once nothing waits any more. */
  async idle(): Promise<void> {
    await this.#work;
  }

  refuseAll(failure: EventLogUnavailable): void {
    this.#queue.refuseAll(failure);
  }

  async #writeAll(): Promise<void> {
    // Everything that this turn of the event loop appends joins the first transaction.
    await setImmediate();
    let turnEndsAt = performance.now() + TURN_MILLISECONDS;
    while (!this.#queue.isEmpty) {
      if (!(await this.#lock())) return;
      const isWritten = this.#transaction();
      // The callers go on now; a checkpoint must not keep them waiting.
      if (performance.now() < turnEndsAt) {
        await setImmediate();
      } else {
        await setTimeout(STEP_ASIDE_MILLISECONDS);
        turnEndsAt = performance.now() + TURN_MILLISECONDS;
      }
      if (isWritten) await this.#options.checkpoints.runWhenDue();
    }
  }

  async #lock(): Promise<boolean> {
    const giveUpAt = performance.now() + GIVE_UP_MILLISECONDS;
    for (let attempt = 1; !this.#queue.isEmpty; attempt += 1) {
      try {
        this.#options.database.exec('BEGIN IMMEDIATE');
        return true;
      } catch (error) {
        if (classifySqliteError(error) !== 'busy' || performance.now() > giveUpAt) {
          this.#queue.refuseAll(this.#explain(error));
          return false;
        }
        await setTimeout(Math.min(Math.ceil(attempt / 8), RETRY_MILLISECONDS));
      }
    }
    return false;
  }

  #transaction(): boolean {
    const { database, onDurable } = this.#options;
    const touched = new Set<QueuedCall>();
    try {
      const deadline = performance.now() + TRANSACTION_MILLISECONDS;
      this.#queue.writeUntil(deadline, (append) => this.#writer.write(append), touched);
      database.exec('COMMIT');
    } catch (error) {
      // SQLite has rolled back by itself after some failures; a second time would hide the first.
      if (database.isTransaction) database.exec('ROLLBACK');
      this.#writer.forget();
      this.#queue.remove(touched);
      const reason = this.#explain(error);
      for (const call of touched) call.refuse(reason);
      return false;
    }
    for (const call of touched) if (call.isWritten) call.confirm();
    onDurable();
    return true;
  }

  /** What to tell the callers; a fatal failure is reported to the log as well. */
  #explain(error: unknown): unknown {
    const failure = eventLogFailure(error, this.#options.path);
    if (failure !== undefined && isFatal(failure)) this.#options.onFatal(failure);
    return failure ?? error;
  }
}
