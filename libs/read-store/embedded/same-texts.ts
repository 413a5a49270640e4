import { openConnection, type Connection } from './connection.ts';

/** A table of documents, and the file that it is in. */
export type DocumentsTable = Readonly<{ path: string; table: string }>;

/** So few that nothing else of this process waits for long. */
const ROWS_TOGETHER = 5_000;
/** Each page is read about once: little is kept, and that in the processor's own cache. */
const CACHE_KIBIBYTES = 2_000;

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
  // Of its own: a file cannot be put beside one that is in the middle of a transaction.
  const connection = openConnection(one.path);
  try {
    connection.exec(`PRAGMA cache_size = -${CACHE_KIBIBYTES}`);
    const others = sideBySide(connection, one, other);
    const documents = number(connection, `SELECT count(*) FROM ${one.table}`);
    if (documents !== number(connection, `SELECT count(*) FROM ${others}`)) return false;
    const last = number(connection, `SELECT max(rowid) FROM ${one.table}`);
    const alike = `SELECT count(*) FROM ${one.table} a CROSS JOIN ${others} b ON b.id = a.id
       WHERE a.rowid > ? AND a.rowid <= ? AND b.body = a.body`;
    let same = 0;
    for (let row = 0; row < last; row += ROWS_TOGETHER) {
      await keep();
      same += number(connection, alike, row, row + ROWS_TOGETHER);
    }
    return same === documents;
  } finally {
    connection.close();
  }
};

/** The name of the other's table on a connection to the file of the one. */
const sideBySide = (connection: Connection, one: DocumentsTable, other: DocumentsTable): string => {
  if (one.path === other.path) return other.table;
  connection.prepare('ATTACH ? AS other').run(other.path);
  return `other.${other.table}`;
};

/** The only value of the only row; null, the greatest of none, is 0. */
const number = (connection: Connection, sql: string, ...values: readonly number[]): number =>
  Number(Object.values(connection.prepare(sql).get(...values) ?? {})[0]);
