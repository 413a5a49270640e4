import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { openConnection, type Connection } from '../connection.ts';

/** A file with more rows than are sorted in one piece, in a directory of its own. Each test finds a new one. */
export class RowsToSort {
  #connection: Connection | undefined;
  directory = '';

  set(): void {
    this.directory = mkdtempSync(join(tmpdir(), "somebody's models "));
    this.#connection = openConnection(join(this.directory, 'models.sqlite'));
    this.#connection.exec('CREATE TABLE rows (name)');
    this.#connection.exec(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 120000)
       INSERT INTO rows SELECT hex(randomblob(30)) FROM numbers`,
    );
  }

  clear(): void {
    this.connection.close();
    rmSync(this.directory, { recursive: true });
  }

  get connection(): Connection {
    if (this.#connection === undefined) throw new Error('There are no rows yet.');
    return this.#connection;
  }

  /** Looks around while the rows are half sorted. */
  inMiddleOfSorting<T>(look: () => T): T {
    const rows = this.connection.prepare('SELECT name FROM rows ORDER BY name').iterate();
    rows.next();
    const seen = look();
    rows.return?.();
    return seen;
  }
}

/** For every test of the `describe` that it is called in. */
export const useRowsToSort = (): RowsToSort => {
  const rows = new RowsToSort();
  beforeEach(() => rows.set());
  afterEach(() => rows.clear());
  return rows;
};
