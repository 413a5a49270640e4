import { MongoUnavailable, type MongoFailure } from '#libs/mongodb/index';
import { KeyringUnavailable, type KeyringFailure } from '../port.ts';

const CODES: Readonly<Record<MongoFailure, KeyringFailure>> = {
  unreachable: 'unreachable',
  unauthorised: 'unauthorised',
  'wrong-version': 'wrong-version',
  'newer-version': 'newer-version',
  'wrong-url': 'cannot-open',
  'half-created': 'half-created',
  closed: 'closed',
};

/** What an error of the database means to those who use the keyring. Bugs stay what they are. */
export const keyringFailure = (error: unknown): unknown =>
  error instanceof MongoUnavailable
    ? new KeyringUnavailable(CODES[error.code], error.message, { cause: error })
    : error;
