import type { AccountId } from '#domain/kernel/index';
import { open, seal } from '#libs/crypto/aead';
import { randomBytesOf } from '#libs/crypto/random';
import { deriveKey } from './derive-key.ts';
import { KeyringUnavailable, type AccountKeys } from './port.ts';

/** An account as the keyring knows it. Its keys are the same objects for as long as the process lives. */
export type OpenAccount = Readonly<{
  accountId: AccountId;
  keys: AccountKeys;
  /** Wraps the data keys. */
  wrappingKey: Uint8Array;
  /** Wraps the private keys that sign for the account. */
  signingWrappingKey: Uint8Array;
}>;

/** Wraps the keys of all accounts. */
export const accountWrappingKey = (rootKey: Uint8Array): Buffer =>
  deriveKey(rootKey, 'wrap-account-keys');

/** A new key for an account, as it is stored. */
export const newAccountKey = (wrappingKey: Uint8Array, accountId: AccountId): Buffer =>
  seal(wrappingKey, randomBytesOf(32), Buffer.from(accountId));

/** The account whose key was stored. Throws `KeyringUnavailable` when the key was changed. */
export const openAccount = (
  wrappingKey: Uint8Array,
  accountId: AccountId,
  wrapped: Uint8Array,
): OpenAccount => {
  const accountKey = open(wrappingKey, wrapped, Buffer.from(accountId));
  if (accountKey === undefined) {
    throw new KeyringUnavailable(
      'keyring-corrupt',
      `The key of account ${accountId} in the keyring is damaged. Restore the keyring from a backup.`,
    );
  }
  return {
    accountId,
    wrappingKey: deriveKey(accountKey, 'wrap-data-keys'),
    signingWrappingKey: deriveKey(accountKey, 'wrap-signing-keys'),
    keys: {
      identity: deriveKey(accountKey, 'identity'),
      cursor: deriveKey(accountKey, 'cursor'),
    },
  };
};
