export { classifySqliteError } from './classify-sqlite-error.ts';
export {
  databaseUnavailable,
  DatabaseUnavailable,
  type DatabaseFailure,
} from './database-unavailable.ts';
export { emptyWriteAheadLog } from './empty-write-ahead-log.ts';
export { inOneRead } from './in-one-read.ts';
export { openDatabase, type OpenOptions } from './open-database.ts';
