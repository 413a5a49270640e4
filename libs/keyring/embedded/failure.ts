import { classifySqliteError, databaseUnavailable, DatabaseUnavailable } from '#libs/sqlite/index';
import type { DatabaseFailure } from '#libs/sqlite/index';
import { KeyringUnavailable } from '../port.ts';

const refusal = (code: DatabaseFailure, message: string, cause: unknown): KeyringUnavailable =>
  new KeyringUnavailable(code === 'corrupt' ? 'keyring-corrupt' : code, message, { cause });

/** What an error of the keyring's file means to those who use the keyring. Bugs stay what they are. */
export const keyringFailure = (error: unknown, path: string): Error => {
  if (error instanceof DatabaseUnavailable) return refusal(error.code, error.message, error.cause);
  const failure = classifySqliteError(error);
  if (failure === undefined) return error instanceof Error ? error : new Error(String(error));
  if (failure === 'busy') {
    return new KeyringUnavailable('busy', `${path} is in use by another program. Try again.`, {
      cause: error,
    });
  }
  return refusal(failure, databaseUnavailable(failure, path).message, error);
};
