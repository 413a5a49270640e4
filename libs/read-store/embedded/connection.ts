import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { classifySqliteError, databaseUnavailable, DatabaseUnavailable } from '#libs/sqlite/index';
import { openDatabase } from '#libs/sqlite/index';
import { migrations } from './schema.ts';

/** One SQLite connection with the statements it has prepared. */
export type Connection = Readonly<{
  path: string;
  prepare: (sql: string) => StatementSync;
  exec: (sql: string) => void;
  /** Runs the work in one transaction that writes. */
  write: <T>(work: () => T) => T;
  /** As `write`, and no power cut undoes it. */
  writeDurably: <T>(work: () => T) => T;
  /**
   * From now until `settle`, so many `write`s share one transaction: nobody else sees them, and a failure of the
   * file may undo all of them. One that throws is undone alone.
   */
  gather: (writes: number) => void;
  settle: () => void;
  /** Runs the work on one snapshot of the file, that of the transaction around it if there is one. */
  read: <T>(work: () => T) => T;
  close: () => void;
}>;

/** Marks the file as a read store ("ATTR"), so that another database in its place is refused. */
const APPLICATION_ID = 0x41545452;

// Building the indexes of a large model holds the lock for seconds.
export const BUSY_TIMEOUT_MILLISECONDS = 60_000;
const STATEMENTS_KEPT = 500;

const damaged = (path: string, cause: unknown): DatabaseUnavailable =>
  new DatabaseUnavailable(
    'corrupt',
    `The file ${path} is damaged. It holds read models only, which are made again from the ledger: ` +
      `stop the program, delete the file and the files ${path}-wal and ${path}-shm, and start again.`,
    { cause },
  );

const explain = (path: string, error: unknown): unknown => {
  if (error instanceof DatabaseUnavailable) {
    return error.code === 'corrupt' ? damaged(path, error) : error;
  }
  const failure = classifySqliteError(error);
  if (failure === undefined || failure === 'busy') return error;
  return failure === 'corrupt' ? damaged(path, error) : databaseUnavailable(failure, path, error);
};

/** Throws `DatabaseUnavailable` with a sentence that names the file. */
export const openConnection = (path: string): Connection => {
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explain(path, error);
    }
  };
  const database = explained(() =>
    openDatabase(path, {
      migrations,
      applicationId: APPLICATION_ID,
      // A power cut may undo the last transactions: they are projected again from their checkpoint.
      synchronous: 'NORMAL',
      secureDelete: true,
      busyTimeoutMilliseconds: BUSY_TIMEOUT_MILLISECONDS,
      cacheMebibytes: 64,
      checkpointAfterPages: 2_000,
    }),
  );
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    if (statements.size >= STATEMENTS_KEPT) statements.clear();
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  let gathering: Gathering | undefined;
  return {
    path,
    prepare,
    exec: (sql) => explained(() => database.exec(sql)),
    write: (work) =>
      explained(() =>
        gathering === undefined
          ? transaction(database, 'BEGIN IMMEDIATE', work)
          : gathered(database, gathering, work),
      ),
    writeDurably: (work) =>
      explained(() => {
        database.exec('PRAGMA synchronous = FULL');
        try {
          return transaction(database, 'BEGIN IMMEDIATE', work);
        } finally {
          database.exec('PRAGMA synchronous = NORMAL');
        }
      }),
    gather: (writes) => (gathering = { writes, open: 0 }),
    settle: () => {
      gathering = undefined;
      if (database.isTransaction) explained(() => database.exec('COMMIT'));
    },
    read: (work) =>
      explained(() => (database.isTransaction ? work() : transaction(database, 'BEGIN', work))),
    close: () => database.close(),
  };
};

type Gathering = { readonly writes: number; open: number };

const gathered = <T>(database: DatabaseSync, gathering: Gathering, work: () => T): T => {
  if (!database.isTransaction) {
    database.exec('BEGIN IMMEDIATE');
    gathering.open = 0;
  }
  const result = savepoint(database, work);
  gathering.open += 1;
  if (gathering.open >= gathering.writes) database.exec('COMMIT');
  return result;
};

const savepoint = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('SAVEPOINT one');
  try {
    const result = work();
    database.exec('RELEASE one');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK TO one; RELEASE one');
    throw error;
  }
};

const transaction = <T>(database: DatabaseSync, begin: string, work: () => T): T => {
  database.exec(begin);
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // Some failures, a full disk among them, have rolled back already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
