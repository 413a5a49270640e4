import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WrappedKeys } from '#libs/keyring/copying/index';
import { KeyringUnavailable } from '#libs/keyring/index';
import { embeddedWrappedKeys, KEYRING_FILE } from '#libs/keyring/embedded/index';

/** Somewhere keys are kept, or are to be. Both throw `KeyringUnavailable` or `MongoUnavailable`. */
export type KeyringPlace = Readonly<{
  /** The keyring that is there; none is made. */
  open: () => Promise<WrappedKeys>;
  openCopy: () => Promise<WrappedKeys>;
}>;

/** A data directory, or a database of MongoDB by its URL (`mongodb://…`). */
export const keyringPlace = (place: string): KeyringPlace =>
  /^mongodb(\+srv)?:\/\//.test(place) ? inDatabase(place) : inFolder(resolve(place));

const inFolder = (directory: string): KeyringPlace => ({
  open: async () => {
    const path = join(directory, KEYRING_FILE);
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) {
      return embeddedWrappedKeys(directory);
    }
    throw new KeyringUnavailable(
      'cannot-open',
      `There is no keyring in ${directory}. Name the right folder; nothing was changed.`,
    );
  },
  openCopy: async () => embeddedWrappedKeys(directory),
});

const inDatabase = (url: string): KeyringPlace => {
  const open = async (): Promise<WrappedKeys> => {
    const { openMongo } = await import('#libs/mongodb/index');
    const { mongoWrappedKeys } = await import('#libs/keyring/mongodb/index');
    const mongo = await openMongo(url);
    return { ...mongoWrappedKeys({ mongo }), close: () => mongo.close() };
  };
  return { open, openCopy: open };
};
