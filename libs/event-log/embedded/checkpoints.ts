import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** So many times the usual: readers or other writers keep the write-ahead log from starting again. */
const TOO_MANY = 16;

/**
 * Copies the write-ahead log back into the file. SQLite could do it within a commit, but would hide
 * an I/O error; here it happens after the callers have their answer, and an error is thrown.
 */
export class Checkpoints {
  readonly #look: StatementSync;
  readonly #copy: StatementSync;
  readonly #copyAndRestart: StatementSync;
  readonly #afterPages: number;

  /** Copying 1,000 pages takes a few milliseconds, which appends in the meantime wait for. */
  constructor(database: DatabaseSync, afterPages: number) {
    this.#afterPages = afterPages;
    this.#look = database.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
    this.#copyAndRestart = database.prepare('PRAGMA wal_checkpoint(RESTART)');
  }

  runWhenDue(): void {
    const row = this.#look.get();
    const pages = Number(row?.['log']);
    if (pages - Number(row?.['checkpointed']) < this.#afterPages) return;
    (pages > TOO_MANY * this.#afterPages ? this.#copyAndRestart : this.#copy).get();
  }
}
