import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { classifySqliteError } from './classify-sqlite-error.ts';
import { databaseUnavailable } from './database-unavailable.ts';

export type OpenOptions = Readonly<{
  /** Step n brings a file from version n to n+1 (SQLite's `user_version`). Append, never edit. */
  migrations: readonly string[];
  /** Says which program's file it is; a file that says otherwise is refused. */
  applicationId?: number;
  /** `FULL`: a commit is on the disk when it returns. `NORMAL`: a power cut may undo the last ones. */
  synchronous: 'FULL' | 'NORMAL';
  /** Overwrite what is deleted with zeros, and keep temporary data off the disk. */
  secureDelete?: boolean;
  /** How long a statement waits, blocking the thread, for another connection's lock. */
  busyTimeoutMilliseconds?: number;
  cacheMebibytes?: number;
  /** Pages in the write-ahead log before it is copied back into the file. */
  checkpointAfterPages?: number;
}>;

/**
 * Opens or creates a SQLite file in WAL mode and brings its schema up to date; several processes
 * may do so at once. The folder must exist.
 * Throws `DatabaseUnavailable`; its message names the file and can be shown as it is.
 */
export const openDatabase = (path: string, options: OpenOptions): DatabaseSync => {
  let database: DatabaseSync | undefined;
  try {
    const isNew = !existsSync(path);
    database = new DatabaseSync(path, { timeout: OPENING_TIMEOUT_MILLISECONDS });
    configure(database, options);
    migrate(database, path, options);
    if (isNew) makeEntryDurable(path);
    database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMilliseconds ?? 5_000}`);
    return database;
  } catch (error) {
    database?.close();
    const failure = classifySqliteError(error);
    if (failure === undefined) throw error;
    throw databaseUnavailable(failure === 'busy' ? 'cannot-open' : failure, path, error);
  }
};

/** Two processes that create one file take turns; neither needs long. */
const OPENING_TIMEOUT_MILLISECONDS = 10_000;

const configure = (database: DatabaseSync, options: OpenOptions): void => {
  enterWalMode(database);
  const pragmas = [
    `synchronous = ${options.synchronous}`,
    // On macOS a plain fsync leaves the data in the drive's cache.
    'fullfsync = ON',
    'checkpoint_fullfsync = ON',
    'foreign_keys = ON',
    `cache_size = ${String(-1024 * (options.cacheMebibytes ?? 8))}`,
    `wal_autocheckpoint = ${options.checkpointAfterPages ?? 1_000}`,
    ...(options.secureDelete ? ['secure_delete = ON', 'temp_store = MEMORY'] : []),
  ];
  for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
};

/** SQLite does not wait for the lock in every case when it enters WAL mode, so this does. */
const enterWalMode = (database: DatabaseSync): void => {
  const giveUpAt = performance.now() + OPENING_TIMEOUT_MILLISECONDS;
  for (;;) {
    try {
      database.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      if (classifySqliteError(error) !== 'busy' || performance.now() > giveUpAt) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
};

const migrate = (
  database: DatabaseSync,
  path: string,
  { migrations, applicationId = 0 }: OpenOptions,
): void => {
  if (isCurrent(database, path, migrations, applicationId)) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Look again under the lock: another process may have been faster.
    if (!isCurrent(database, path, migrations, applicationId)) {
      const version = numberOf(database, 'user_version');
      for (const migration of migrations.slice(version)) database.exec(migration);
      database.exec(`PRAGMA application_id = ${applicationId}`);
      database.exec(`PRAGMA user_version = ${migrations.length}`);
    }
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};

const isCurrent = (
  database: DatabaseSync,
  path: string,
  migrations: readonly string[],
  applicationId: number,
): boolean => {
  const version = numberOf(database, 'user_version');
  if (version > 0 && numberOf(database, 'application_id') !== applicationId) {
    throw databaseUnavailable('corrupt', path);
  }
  if (version > migrations.length) throw databaseUnavailable('newer-version', path);
  return version === migrations.length;
};

const numberOf = (database: DatabaseSync, pragma: 'user_version' | 'application_id'): number =>
  Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);

/** A new file survives a power cut only once its folder has been synced as well. */
const makeEntryDurable = (path: string): void => {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
