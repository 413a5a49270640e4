import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveKey } from './derive-key.ts';
import { KeyringUnavailable } from './port.ts';
import { syncFile } from './sync-file.ts';

const ROOT_KEY_BYTES = 32;

/** Names a root key without revealing it. */
export const fingerprintOf = (rootKey: Uint8Array): string =>
  deriveKey(rootKey, 'root-fingerprint').toString('hex', 0, 16);

/** Throws `KeyringUnavailable` unless the keyring, which `name` names, was made with this root key. */
export const checkFingerprint = (rootKey: Uint8Array, expected: string, name: string): void => {
  const [actual, wanted] = [Buffer.from(fingerprintOf(rootKey)), Buffer.from(expected)];
  if (actual.length === wanted.length && timingSafeEqual(actual, wanted)) return;
  throw new KeyringUnavailable(
    'root-key-mismatch',
    `The root key is not the one that ${name} was made with, so no personal data could be read. ` +
      'Start again with the right key: the file root.key that belongs to this data directory, or the ' +
      'key that you configured at the first start. Nothing was changed.',
  );
};

const rootKeyPath = (directory: string): string => join(directory, 'root.key');

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const sentence = `${path} cannot be read. Check that it is the file with the root key, and that this program may read it.`;
    throw new KeyringUnavailable('cannot-open', sentence, { cause });
  }
};

const readRootKey = (directory: string): Buffer => {
  const rootKey = Buffer.from(textOf(rootKeyPath(directory)).trim(), 'base64');
  if (rootKey.length === ROOT_KEY_BYTES) return rootKey;
  throw new KeyringUnavailable(
    'root-key-mismatch',
    `${rootKeyPath(directory)} does not hold 32 bytes in base64. Put the root key of this data directory back from its backup.`,
  );
};

/**
 * The file appears whole or not at all, and one that somebody else has just made stays: all go on with it.
 * True when it is ours.
 */
const makeRootKey = (directory: string): boolean => {
  const draft = join(directory, `root.key.${randomUUID()}.draft`);
  const text = `${randomBytes(ROOT_KEY_BYTES).toString('base64')}\n`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    syncFile(draft);
    linkSync(draft, rootKeyPath(directory));
    syncFile(directory);
    return true;
  } catch (cause) {
    if (existsSync(rootKeyPath(directory))) return false;
    const sentence = `${rootKeyPath(directory)} cannot be made. Check that this program may write in that folder and that its disk has space, or configure the root key.`;
    throw new KeyringUnavailable('cannot-open', sentence, { cause });
  } finally {
    rmSync(draft, { force: true });
  }
};

/** A root key, and whether it was made just now. */
export type RootKey = Readonly<{ key: Buffer; isNew: boolean }>;

/**
 * The root key of a data directory: the one given, the one in `root.key`, or, for a keyring that has
 * none yet, a new one written there (mode 0600). Throws `KeyringUnavailable`.
 */
export const rootKeyOf = (
  directory: string,
  given: Uint8Array | undefined,
  keyringHasOne: boolean,
): RootKey => {
  if (given !== undefined) {
    if (given.length !== ROOT_KEY_BYTES) throw new TypeError('A root key has 32 bytes.');
    return { key: Buffer.from(given), isNew: false };
  }
  if (existsSync(rootKeyPath(directory))) return { key: readRootKey(directory), isNew: false };
  if (keyringHasOne) {
    throw new KeyringUnavailable(
      'root-key-mismatch',
      `${rootKeyPath(directory)} is missing. Put it back from its backup, or configure the root key: without it nobody can read the personal data. A new key was not made.`,
    );
  }
  const isNew = makeRootKey(directory);
  return { key: readRootKey(directory), isNew };
};

/** Takes away a root key that was made in vain: the keyring has another one. */
export const removeRootKey = (directory: string): void => {
  rmSync(rootKeyPath(directory), { force: true });
};
