export { classifySqliteError } from './classify-sqlite-error.ts';
export {
  databaseUnavailable,
  DatabaseUnavailable,
  type DatabaseFailure,
} from './database-unavailable.ts';
export { openDatabase, type OpenOptions } from './open-database.ts';
