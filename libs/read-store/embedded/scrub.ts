import { setTimeout as pause } from 'node:timers/promises';
import { BUSY_TIMEOUT_MILLISECONDS, type Connection } from './connection.ts';
import { generationRow, noteScrubbed } from './generation-row.ts';

const SCRUB_TIMEOUT_MILLISECONDS = 60_000;
const SCRUB_PAUSE_MILLISECONDS = 20;

/** Where nothing was overwritten or deleted since the last scrub, there is nothing to remove. */
export const scrubGeneration = async (connection: Connection, id: number): Promise<void> => {
  const { rewritten } = connection.read(() => generationRow(connection, id));
  if (rewritten === 0) return;
  await writeAnew(connection);
  connection.write(() => noteScrubbed(connection, id, rewritten));
};

/** Versions before 2 of the personal file held the documents themselves, of which nothing may be left. */
export const removeEarlierDocuments = async (connection: Connection): Promise<void> => {
  const tables = connection
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table'
         AND (name LIKE 'documents\\_%' ESCAPE '\\' OR name LIKE 'elements\\_%' ESCAPE '\\')`,
    )
    .all();
  if (tables.length === 0) return;
  connection.write(() => {
    for (const { name } of tables) connection.exec(`DROP TABLE ${String(name)}`);
  });
  await writeAnew(connection);
};

/**
 * Writes the file anew and cuts the write-ahead log to nothing. `secure_delete` alone is not enough: when
 * SQLite moves rows between pages it leaves copies in the unused part of a page, which stay when the row
 * itself is overwritten. Waits until nobody reads an older snapshot; throws when that takes too long.
 */
const writeAnew = async (connection: Connection): Promise<void> => {
  connection.exec('VACUUM');
  const deadline = Date.now() + SCRUB_TIMEOUT_MILLISECONDS;
  while (!truncated(connection)) {
    if (Date.now() > deadline) {
      throw new Error(`${connection.path} could not be scrubbed: other processes keep reading it.`);
    }
    await pause(SCRUB_PAUSE_MILLISECONDS);
  }
};

const truncated = (connection: Connection): boolean => {
  // Waiting for readers inside SQLite would block this thread.
  connection.exec('PRAGMA busy_timeout = 0');
  try {
    return connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS}`);
  }
};
