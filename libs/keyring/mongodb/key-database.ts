import type { Db } from 'mongodb';
import type { Mongo } from '#libs/mongodb/index';
import { KeyringUnavailable } from '../port.ts';
import { keyringFailure } from './failure.ts';

/** The database as the keyring asks it. */
export type KeyDatabase = Readonly<{
  /** Throws `KeyringUnavailable`. */
  ask: <T>(work: (database: Db) => Promise<T>) => Promise<T>;
  /** Everything later is refused. The connection stays open for others. */
  close: () => void;
}>;

/** Over a connection that others may share. */
export const keyDatabase = (mongo: Mongo): KeyDatabase => {
  let isClosed = false;
  return {
    ask: async (work) => {
      if (isClosed) throw new KeyringUnavailable('closed', 'The keyring is closed.');
      try {
        return await mongo.attempt(work);
      } catch (error) {
        throw keyringFailure(error);
      }
    },
    close: () => {
      isClosed = true;
    },
  };
};
