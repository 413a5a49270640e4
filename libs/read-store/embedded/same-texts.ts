import { DatabaseSync } from 'node:sqlite';
import { classifySqliteError } from '#libs/sqlite/index';
import { BUSY_TIMEOUT_MILLISECONDS } from './connection.ts';

/** A table of documents, and the file that it is in. */
export type DocumentsTable = Readonly<{ path: string; table: string }>;

/** So few that nothing else of this process waits for long. */
const ROWS_TOGETHER = 5_000;

/**
 * Whether two tables hold the same documents in the same texts. SQLite compares them where they lie, in the order in
 * which one of them was written, which is about that of the other: that takes a third of the time of taking out both
 * by their ids, which are in no order.
 */
export const haveSameTexts = async (
  one: DocumentsTable,
  other: DocumentsTable,
  /** Called before each part; may throw to end the comparison. */
  keep: () => Promise<void>,
): Promise<boolean> => {
  let database: DatabaseSync | undefined;
  try {
    // Of its own, as a file cannot be put beside one that is in the middle of a transaction.
    database = new DatabaseSync(one.path, { readOnly: true, timeout: BUSY_TIMEOUT_MILLISECONDS });
    return await allAlike(database, one.table, sideBySide(database, one, other), keep);
  } catch (error) {
    // What a file has is met by whoever takes its documents out, and said with its name.
    if (classifySqliteError(error) === undefined) throw error;
    return false;
  } finally {
    database?.close();
  }
};

const allAlike = async (
  database: DatabaseSync,
  table: string,
  others: string,
  keep: () => Promise<void>,
): Promise<boolean> => {
  const documents = number(database, `SELECT count(*) FROM ${table}`);
  if (documents !== number(database, `SELECT count(*) FROM ${others}`)) return false;
  const last = number(database, `SELECT max(rowid) FROM ${table}`);
  const alike = `SELECT count(*) FROM ${table} a CROSS JOIN ${others} b ON b.id = a.id
     WHERE a.rowid > ? AND a.rowid <= ? AND b.body = a.body`;
  let same = 0;
  for (let row = 0; row < last; row += ROWS_TOGETHER) {
    await keep();
    same += number(database, alike, row, row + ROWS_TOGETHER);
  }
  return same === documents;
};

/** The name of the other's table on a connection to the file of the one. */
const sideBySide = (database: DatabaseSync, one: DocumentsTable, other: DocumentsTable): string => {
  if (one.path === other.path) return other.table;
  database.prepare('ATTACH ? AS other').run(other.path);
  return `other.${other.table}`;
};

/** The only value of the only row; null, the greatest of none, is 0. */
const number = (database: DatabaseSync, sql: string, ...values: readonly number[]): number =>
  Number(Object.values(database.prepare(sql).get(...values) ?? {})[0]);
