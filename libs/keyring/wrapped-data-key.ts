import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import { randomBytesOf } from '#libs/crypto/random';
import type { OpenAccount } from './account-keys.ts';
import { KEY_ID_BYTES } from './cipher.ts';
import { KeyringUnavailable, type DataKey } from './port.ts';

const SECRET_BYTES = 32;

/** Bytes of a data key as it is stored: its id, then the wrapped secret. */
export const WRAPPED_DATA_KEY_BYTES = KEY_ID_BYTES + SECRET_BYTES + SEAL_OVERHEAD;

/** Binds a wrapped key to its account, its subject and its own name. */
const placeOf = (account: OpenAccount, subject: string, keyId: Buffer): Buffer =>
  Buffer.from(`${account.accountId}\n${subject}\n${keyId.toString('hex')}`);

/** A new key, and the same as it is stored. */
export const newDataKey = (
  account: OpenAccount,
  subject: string,
): Readonly<{ key: DataKey; wrapped: Buffer }> => {
  const id = randomBytesOf(KEY_ID_BYTES);
  const secret = randomBytesOf(SECRET_BYTES);
  const wrapped = seal(account.wrappingKey, secret, placeOf(account, subject, id), id);
  return { key: { id, secret }, wrapped };
};

/** The key that was stored for the subject. Throws `KeyringUnavailable` when it was changed. */
export const openDataKey = (
  account: OpenAccount,
  subject: string,
  wrapped: Uint8Array,
): DataKey => {
  const bytes = Buffer.from(wrapped.buffer, wrapped.byteOffset, wrapped.byteLength);
  const id = bytes.subarray(0, KEY_ID_BYTES);
  const place = placeOf(account, subject, id);
  const secret = open(account.wrappingKey, bytes.subarray(KEY_ID_BYTES), place);
  if (secret !== undefined) return { id, secret };
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `A data key of account ${account.accountId} in the keyring is damaged. Restore the keyring from a backup.`,
  );
};

/** Whether the id, if any, names the stored key. */
export const isKeyNamed = (wrapped: Uint8Array, keyId: Uint8Array | undefined): boolean =>
  keyId === undefined || Buffer.compare(wrapped.subarray(0, KEY_ID_BYTES), keyId) === 0;
