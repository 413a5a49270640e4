import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveKey } from '../derive-key.ts';
import { KeyringUnavailable } from '../port.ts';
import { syncFile } from './sync-file.ts';

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

/** The file appears whole or not at all. The caller's lock keeps a second process from making one. */
const makeRootKey = (directory: string): void => {
  const draft = join(directory, 'root.key.draft');
  const text = `${randomBytes(ROOT_KEY_BYTES).toString('base64')}\n`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  syncFile(draft);
  renameSync(draft, rootKeyPath(directory));
  syncFile(directory);
};

/**
 * The root key of a data directory: the one given, the one in `root.key`, or, for a keyring that has
 * none yet, a new one written there (mode 0600). The caller holds the keyring's write lock. Throws `KeyringUnavailable`.
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
