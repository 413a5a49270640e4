import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedKeyring, embeddedWrappedKeys } from '../embedded/index.ts';
import type { KeyringCopyPlace } from './copy-conformance.ts';

/** The root key of all places of a test. */
export const ROOT_KEY = Buffer.alloc(32, 7);

export const embeddedCopyPlace = (): KeyringCopyPlace => {
  const directory = mkdtempSync(join(tmpdir(), 'attesta-keyring-'));
  return {
    openKeyring: async (rootKey = ROOT_KEY) => embeddedKeyring({ directory, rootKey }),
    openWrapped: async () => embeddedWrappedKeys(directory),
    remove: async () => rmSync(directory, { recursive: true }),
  };
};
