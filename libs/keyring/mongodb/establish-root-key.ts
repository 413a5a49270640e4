import { mkdirSync } from 'node:fs';
import { halfCreated } from '../half-created.ts';
import { KeyringUnavailable } from '../port.ts';
import { checkFingerprint, fingerprintOf, removeRootKey, rootKeyOf } from '../root-key.ts';
import { ACCOUNTS } from './account-collection.ts';
import type { KeyDatabase } from './key-database.ts';
import type { KeyringNotes } from './keyring-notes.ts';

export type RootKeySource = Readonly<{
  /** The data directory, made when it is not there. Holds `root.key` unless a key is given. */
  directory: string;
  /** 32 bytes that protect all other keys; all machines need the same. */
  rootKey?: Uint8Array;
}>;

/**
 * The root key of the keyring, whose fingerprint is noted at the first start and checked at each other. Of
 * several machines that start at once with keys of their own, one decides and the others are refused. Throws
 * `KeyringUnavailable`.
 */
export const establishRootKey = async (
  { directory, rootKey: given }: RootKeySource,
  notes: KeyringNotes,
  database: KeyDatabase,
  place: string,
): Promise<Buffer> => {
  if (given === undefined) makeFolder(directory);
  const known = await notes.find('root');
  if (known === undefined) await refuseKeysWithoutRoot(database, place);
  const { key, isNew } = rootKeyOf(directory, given, known !== undefined);
  const fingerprint = known ?? (await notes.settle('root', fingerprintOf(key)));
  try {
    checkFingerprint(key, fingerprint, `the keyring in ${place}`);
  } catch (error) {
    // It has protected nothing yet, and would only be taken for the right one.
    if (isNew) removeRootKey(directory);
    throw error;
  }
  return key;
};

const makeFolder = (directory: string): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const sentence = `The data folder ${directory}, where the root key is kept, cannot be made. Check its path and permissions, or set ATTESTA_ROOT_KEY.`;
    throw new KeyringUnavailable('cannot-open', sentence, { cause });
  }
};

/** Keys are made after the root key was noted, except by a copy, which notes it last. */
const refuseKeysWithoutRoot = async ({ ask }: KeyDatabase, place: string): Promise<void> => {
  const key = await ask((database) => database.collection(ACCOUNTS).findOne({}));
  if (key !== null) throw halfCreated(place);
};
