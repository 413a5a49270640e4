import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { classifySqliteError } from '#libs/sqlite/index';

/**
 * Tells quickly which streams may hold something. It asks the writing connection: the pages in its cache
 * outlive this process's own commits, while a connection that only reads must fetch them anew after each.
 */
export class StreamNames {
  readonly #database: DatabaseSync;
  readonly #find: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#find = database.prepare('SELECT 1 FROM streams WHERE name = ?');
  }

  /**
   * Which of the streams must be read, in the order given; the others had no event when they were asked
   * for. Runs between transactions, or at the start of one that has written nothing yet.
   */
  mayExist(names: readonly string[]): readonly boolean[] {
    const isOpen = this.#database.isTransaction;
    if (!isOpen) this.#database.exec('BEGIN');
    try {
      return names.map((name) => this.#find.get(name) !== undefined);
    } catch (error) {
      // This connection does not wait for others; the one that reads does, and will find out.
      if (classifySqliteError(error) !== 'busy') throw error;
      return names.map(() => true);
    } finally {
      if (!isOpen) this.#database.exec('COMMIT');
    }
  }
}
