import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { classifySqliteError } from './classify-sqlite-error.ts';

const PAUSE_MILLISECONDS = 20;

/**
 * Copies the write-ahead log into the file and cuts it to nothing, so that what was overwritten or
 * deleted (with `secureDelete`) is in neither, whatever happens to the power next. False when other
 * connections kept reading or writing for all the time given; the thread is not blocked meanwhile.
 */
export const emptyWriteAheadLog = async (
  database: DatabaseSync,
  timeoutMilliseconds = 10_000,
): Promise<boolean> => {
  const giveUpAt = performance.now() + timeoutMilliseconds;
  while (!emptiedAtOnce(database)) {
    if (performance.now() > giveUpAt) return false;
    await pause(PAUSE_MILLISECONDS);
  }
  syncLog(`${database.location() ?? ''}-wal`);
  return true;
};

const emptiedAtOnce = (database: DatabaseSync): boolean => {
  const timeout = Number(database.prepare('PRAGMA busy_timeout').get()?.['timeout']);
  database.exec('PRAGMA busy_timeout = 0');
  try {
    return database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } catch (error) {
    if (classifySqliteError(error) === 'busy') return false;
    throw error;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${timeout}`);
  }
};

/** SQLite leaves it to chance when the cut reaches the disk: a power cut could bring the pages back. */
const syncLog = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};
