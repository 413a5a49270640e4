import type { DatabaseFailure } from './database-unavailable.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const meanings: ReadonlyMap<number, DatabaseFailure | 'busy'> = new Map([
  [5, 'busy'], // SQLITE_BUSY
  [6, 'busy'], // SQLITE_LOCKED
  [8, 'cannot-open'], // SQLITE_READONLY
  [10, 'io-error'], // SQLITE_IOERR
  [11, 'corrupt'], // SQLITE_CORRUPT
  [13, 'disk-full'], // SQLITE_FULL
  [14, 'cannot-open'], // SQLITE_CANTOPEN
  [26, 'corrupt'], // SQLITE_NOTADB
]);

/**
 * What an error thrown by node:sqlite means for the caller. `busy`: another connection holds the
 * lock, try again. `undefined`: not about the file at all (a constraint, a bug): let it be thrown.
 */
export const classifySqliteError = (error: unknown): DatabaseFailure | 'busy' | undefined => {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  if (typeof error.errcode !== 'number') return undefined;
  // The low byte is the primary code; the rest says which system call failed.
  return meanings.get(error.errcode & 0xff);
};
