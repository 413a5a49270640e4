import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Copying 4 MiB back takes a few milliseconds, which appends in the meantime wait for. */
const PAGES = 1_000;
/** Readers or other writers have kept the write-ahead log from starting again: insist. */
const TOO_MANY_PAGES = 16 * PAGES;

/**
 * Copies the write-ahead log back into the file. SQLite could do it within a commit, but would hide
 * an I/O error; here it happens after the callers have their answer, and an error is thrown.
 */
export class Checkpoints {
  readonly #look: StatementSync;
  readonly #copy: StatementSync;
  readonly #copyAndRestart: StatementSync;

  constructor(database: DatabaseSync) {
    this.#look = database.prepare('PRAGMA wal_checkpoint(NOOP)');
    this.#copy = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
    this.#copyAndRestart = database.prepare('PRAGMA wal_checkpoint(RESTART)');
  }

  runWhenDue(): void {
    const row = this.#look.get();
    const pages = Number(row?.['log']);
    if (pages - Number(row?.['checkpointed']) < PAGES) return;
    (pages > TOO_MANY_PAGES ? this.#copyAndRestart : this.#copy).get();
  }
}
