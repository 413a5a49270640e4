import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '#libs/sqlite/index';
import { KeyringUnavailable } from '../port.ts';
import { migrations } from './schema.ts';

export const KEYRING_FILE = 'keyring.sqlite';

/** Marks the file as a keyring ("ATTK"), so that another database in its place is refused. */
const APPLICATION_ID = 0x4154544b;

/** Opens the file in the data directory, and makes both where they are not there. */
export const openKeyringFile = (
  directory: string,
  synchronous: 'FULL' | 'NORMAL' = 'FULL',
): DatabaseSync => {
  makeFolder(directory);
  return openDatabase(join(directory, KEYRING_FILE), {
    migrations,
    applicationId: APPLICATION_ID,
    synchronous,
    secureDelete: true,
    cacheMebibytes: 16,
    // Keys of many people change the same pages of the index again and again: copy them seldom.
    checkpointAfterPages: 4_000,
  });
};

const makeFolder = (directory: string): void => {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const sentence = `The data folder ${directory} cannot be made. Check its path and permissions.`;
    throw new KeyringUnavailable('cannot-open', sentence, { cause });
  }
};
