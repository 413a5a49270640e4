import { classifySqliteError, databaseUnavailable, DatabaseUnavailable } from '#libs/sqlite/index';
import { EventLogUnavailable, type EventLogFailure } from '../port.ts';

/** The log's word for an error of SQLite; undefined for anything else, which is a bug. */
export const eventLogFailure = (error: unknown, path: string): EventLogUnavailable | undefined => {
  if (error instanceof EventLogUnavailable) return error;
  if (error instanceof DatabaseUnavailable) return fromDatabase(error);
  const failure = classifySqliteError(error);
  if (failure === undefined) return undefined;
  return failure === 'busy'
    ? locked(path, error)
    : fromDatabase(databaseUnavailable(failure, path, error));
};

const fromDatabase = (error: DatabaseUnavailable): EventLogUnavailable =>
  new EventLogUnavailable(codeOf(error), error.message, { cause: error });

const codeOf = (error: DatabaseUnavailable): EventLogFailure =>
  error.code === 'newer-version' ? 'corrupt' : error.code;

const locked = (path: string, cause: unknown): EventLogUnavailable =>
  new EventLogUnavailable(
    'locked',
    `Another program keeps ${path} locked. Find and stop it; nothing of this append was stored.`,
    { cause },
  );

export const closed = (path: string): EventLogUnavailable =>
  new EventLogUnavailable('closed', `The event log ${path} was closed.`);

/** After these the file cannot be trusted by this process, not even for reading. */
export const isFatal = (failure: EventLogUnavailable): boolean =>
  failure.code === 'io-error' || failure.code === 'corrupt';
