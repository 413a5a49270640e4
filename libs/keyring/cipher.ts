import { open, seal } from '#libs/crypto/aead';
import type { DataKey } from './port.ts';

/** Length of a data key's id, which stands in front of the cipher text. */
export const KEY_ID_BYTES = 8;

/** Personal bytes that the right key does not open: they were changed, or moved to another place. */
export class PersonalDataDamaged extends Error {
  readonly code = 'personal-data-damaged';
  constructor() {
    super('Encrypted personal data was changed after it was written. Restore it from a backup.');
    this.name = 'PersonalDataDamaged';
  }
}

/**
 * Encrypts personal bytes: key id (8) || nonce (24) || cipher text. `place` says where they belong and
 * must be given again to read them, so that they cannot be moved to another person or event.
 */
export const encryptUnder = (key: DataKey, plain: Uint8Array, place: Uint8Array): Buffer =>
  seal(key.secret, plain, place, key.id);

/**
 * The personal bytes; undefined when the key that made them is gone, whether or not the subject has a
 * new one since. Throws `PersonalDataDamaged`.
 */
export const decryptUnder = (
  key: DataKey | undefined,
  sealed: Uint8Array,
  place: Uint8Array,
): Buffer | undefined => {
  if (sealed.length < KEY_ID_BYTES) throw new PersonalDataDamaged();
  if (key === undefined || !startsWith(sealed, key.id)) return undefined;
  const plain = open(key.secret, sealed.subarray(KEY_ID_BYTES), place);
  if (plain === undefined) throw new PersonalDataDamaged();
  return plain;
};

const startsWith = (bytes: Uint8Array, id: Uint8Array): boolean => {
  for (let index = 0; index < KEY_ID_BYTES; index += 1) {
    if (bytes[index] !== id[index]) return false;
  }
  return true;
};
