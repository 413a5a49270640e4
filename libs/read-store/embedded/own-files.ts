import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { classifySqliteError } from '#libs/sqlite/index';
import type { ModelRef } from '../port.ts';
import { openConnection, type Connection } from './connection.ts';
import type { DocumentsPlace } from './documents-place.ts';
import { prepareIndexes } from './generation.ts';
import {
  deleteRow,
  generationRow,
  insertRow,
  notePrepared,
  noteScrubbed,
} from './generation-row.ts';
import type { Layout } from './layout.ts';
import { sortingOnDisk } from './sorting-on-disk.ts';

const NAME = /^read-models-personal-(\d+)\.sqlite/;
const MAPPED_BYTES = 2 ** 30;
/** Batches that are filled in before their pages are written: most pages of an index change with each of them. */
const BATCHES_TOGETHER = 256;
const DROP_TIMEOUT_MILLISECONDS = 1_000;
const IS_MADE = `SELECT 1 FROM sqlite_schema WHERE name = 'generations'`;
const SIDE_FILES = ['', '-wal', '-shm', '-journal'];

/**
 * For those who have the file open: they must not go on writing to one that is gone. Whoever stands still in the
 * middle of filling it is not waited for, as nobody serves from it.
 */
const tellOthers = (path: string, id: number): void => {
  const database = new DatabaseSync(path, { timeout: DROP_TIMEOUT_MILLISECONDS });
  try {
    // A crash may have left the file without any table.
    if (database.prepare(IS_MADE).get() !== undefined) deleteRow(database, id);
  } catch (error) {
    // Nor does it matter that a file is damaged which is removed.
    if (classifySqliteError(error) === undefined) throw error;
  } finally {
    database.close();
  }
};

/**
 * Each generation in a file of its own: for models that hold personal data, of which nothing may be left
 * once they are dropped, and which a scrub writes anew. Others may have a removed file open still; they
 * let go of it when they look at the list next.
 */
export class OwnFiles implements DocumentsPlace {
  readonly #directory: string;
  readonly #open = new Map<number, Connection>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  readTogether<T>(work: () => T): T {
    return work();
  }

  create(model: ModelRef, layout: Layout, id: number): void {
    // Left behind by a process that ended before the list was written.
    this.#remove(id);
    const connection = this.#openFile(id);
    connection.write(() => {
      insertRow(connection, model, { id });
      connection.exec(layout.create);
    });
  }

  makeReady(layout: Layout, id: number): void {
    const connection = this.#mustBe(id);
    connection.write(() => prepareIndexes(connection, layout, id));
  }

  /**
   * Without a log on the disk, and without waiting for it: whatever a crash leaves is thrown away. A batch
   * that fails is still undone, from memory.
   */
  fill(id: number): void {
    const connection = this.#mustBe(id);
    connection.exec('PRAGMA journal_mode = MEMORY');
    connection.exec('PRAGMA synchronous = OFF');
    connection.exec('PRAGMA secure_delete = OFF');
    connection.gather(BATCHES_TOGETHER);
  }

  finish(layout: Layout, id: number): void {
    const connection = this.#mustBe(id);
    const { prepared, rewritten } = generationRow(connection, id);
    if (prepared) return;
    connection.settle();
    if (rewritten > 0) {
      // Written anew while there are no indexes yet, so that nothing is left of what was overwritten.
      connection.exec('VACUUM');
      noteScrubbed(connection, id, rewritten);
    }
    // All documents are read once for each index. Nobody else has the file, so nobody can cut it.
    connection.exec(`PRAGMA mmap_size = ${MAPPED_BYTES}`);
    sortingOnDisk(connection, () => connection.write(() => connection.exec(layout.index)));
    connection.exec('PRAGMA mmap_size = 0');
    connection.exec('PRAGMA journal_mode = WAL');
    connection.exec('PRAGMA synchronous = NORMAL');
    connection.exec('PRAGMA secure_delete = ON');
    connection.write(() => notePrepared(connection, id));
    // Waits for the disk, and so for all that was written without waiting.
    connection.exec('PRAGMA wal_checkpoint(FULL)');
  }

  connection(id: number): Connection | undefined {
    const known = this.#open.get(id);
    if (known !== undefined) return known;
    this.#closeRemoved();
    return existsSync(this.#pathOf(id)) ? this.#openFile(id) : undefined;
  }

  drop(_: Layout, id: number): void {
    // This process lets go of it at once.
    this.#open.get(id)?.close();
    this.#open.delete(id);
    if (existsSync(this.#pathOf(id))) tellOthers(this.#pathOf(id), id);
    this.#remove(id);
  }

  keepOnly(ids: ReadonlySet<number>): void {
    for (const file of readdirSync(this.#directory)) {
      const id = Number(NAME.exec(file)?.[1] ?? Number.NaN);
      if (!Number.isNaN(id) && !ids.has(id)) this.#remove(id);
    }
  }

  close(): void {
    for (const connection of this.#open.values()) connection.close();
    this.#open.clear();
  }

  #pathOf(id: number): string {
    return join(this.#directory, `read-models-personal-${id}.sqlite`);
  }

  #openFile(id: number): Connection {
    const connection = openConnection(this.#pathOf(id));
    this.#open.set(id, connection);
    return connection;
  }

  #mustBe(id: number): Connection {
    const connection = this.connection(id);
    if (connection === undefined) throw new Error(`The generation ${id} has no file.`);
    return connection;
  }

  #remove(id: number): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
    for (const end of SIDE_FILES) rmSync(`${this.#pathOf(id)}${end}`, { force: true });
  }

  #closeRemoved(): void {
    for (const [id, connection] of this.#open) {
      if (existsSync(this.#pathOf(id))) continue;
      connection.close();
      this.#open.delete(id);
    }
  }
}
