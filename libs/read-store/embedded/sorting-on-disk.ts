import { dirname } from 'node:path';
import type { Connection } from './connection.ts';

/** SQLite sorts as much as it may keep of a file, here so much that a processor's own cache nearly holds it. */
const PIECE_KIBIBYTES = 4_096;
/** Beside the one that reads: it sorts a piece while the next one is read. */
const SORTING_THREADS = 1;

const cacheSize = (connection: Connection): number =>
  Number(connection.prepare('PRAGMA cache_size').get()?.['cache_size']);

/**
 * Lets SQLite sort in pieces on the disk while some work is done, so that memory does not grow with what is sorted;
 * it takes half as long, too. The pieces can hold personal data in clear. They lie beside the documents, in files
 * that SQLite takes off the directory before it writes to them: nothing of them can be found, however the process
 * ends. Outside of this, what SQLite puts aside for this connection stays in memory. The directory is said for the
 * whole process, which has all its files in one.
 */
export const sortingOnDisk = (connection: Connection, work: () => void): void => {
  const usual = cacheSize(connection);
  const directory = dirname(connection.path).replaceAll("'", "''");
  connection.exec(`PRAGMA temp_store_directory = '${directory}'`);
  connection.exec('PRAGMA temp_store = FILE');
  connection.exec(`PRAGMA threads = ${SORTING_THREADS}`);
  connection.exec(`PRAGMA cache_size = -${PIECE_KIBIBYTES}`);
  try {
    work();
  } finally {
    connection.exec(`PRAGMA cache_size = ${usual}`);
    connection.exec('PRAGMA threads = 0');
    connection.exec('PRAGMA temp_store = MEMORY');
  }
};
