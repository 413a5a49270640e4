import { randomBytes, timingSafeEqual } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deriveKey } from '../derive-key.ts';
import { KeyringUnavailable } from '../port.ts';

const ROOT_KEY_BYTES = 32;

/** Names a root key without revealing it. */
export const fingerprintOf = (rootKey: Uint8Array): string =>
  deriveKey(rootKey, 'root-fingerprint').toString('hex', 0, 16);

/** Throws `KeyringUnavailable` unless the keyring was made with this root key. */
export const checkFingerprint = (rootKey: Uint8Array, expected: string): void => {
  const [actual, wanted] = [Buffer.from(fingerprintOf(rootKey)), Buffer.from(expected)];
  if (actual.length === wanted.length && timingSafeEqual(actual, wanted)) return;
  throw new KeyringUnavailable(
    'root-key-mismatch',
    'The root key is not the one that keyring.sqlite was made with, so no personal data could be read. ' +
      'Start again with the right key: the file root.key that belongs to this data directory, or the ' +
      'key that you configured at the first start. Nothing was changed.',
  );
};

const rootKeyPath = (directory: string): string => join(directory, 'root.key');

const readRootKey = (directory: string): Buffer => {
  const rootKey = Buffer.from(readFileSync(rootKeyPath(directory), 'utf8').trim(), 'base64');
  if (rootKey.length === ROOT_KEY_BYTES) return rootKey;
  throw new KeyringUnavailable(
    'root-key-mismatch',
    `${rootKeyPath(directory)} does not hold 32 bytes in base64. Put the root key of this data directory back from its backup.`,
  );
};

const synced = (path: string): void => {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

/** Appears whole or not at all; of two processes that start at once, both get the same key. */
const makeRootKey = (directory: string): void => {
  const draft = join(directory, `root.key.${randomBytes(6).toString('hex')}`);
  try {
    const text = `${randomBytes(ROOT_KEY_BYTES).toString('base64')}\n`;
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    synced(draft);
    linkSync(draft, rootKeyPath(directory));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  synced(directory);
};

/**
 * The root key of a data directory: the one given, the one in `root.key`, or, for a keyring that has
 * none yet, a new one written there (mode 0600). Throws `KeyringUnavailable`.
 */
export const rootKeyOf = (
  directory: string,
  given: Uint8Array | undefined,
  keyringHasOne: boolean,
): Buffer => {
  if (given !== undefined) {
    if (given.length !== ROOT_KEY_BYTES) throw new TypeError('A root key has 32 bytes.');
    return Buffer.from(given);
  }
  if (!existsSync(rootKeyPath(directory))) {
    if (keyringHasOne) {
      throw new KeyringUnavailable(
        'root-key-mismatch',
        `${rootKeyPath(directory)} is missing. Put it back from its backup, or configure the root key: without it nobody can read the personal data. A new key was not made.`,
      );
    }
    makeRootKey(directory);
  }
  return readRootKey(directory);
};
