import type { RecipientId } from '#domain/kernel/index';
import { encodeBase32 } from '#libs/crypto/base32';
import { keyedHash } from '#libs/crypto/keyed-hash';

const prepared = new WeakMap<Uint8Array, (text: string) => Buffer>();

const hashUnder = (identityKey: Uint8Array): ((text: string) => Buffer) => {
  const known = prepared.get(identityKey);
  if (known !== undefined) return known;
  const hash = keyedHash(identityKey);
  prepared.set(identityKey, hash);
  return hash;
};

/**
 * The id that an address has in one account: the first 128 bits of HMAC-SHA-256 under the account's
 * identity key. One address is one recipient, nobody without the key can guess an address from an id,
 * and ids of two accounts cannot be compared. `address` is the normalised one. Source: P-25, P-28, P-30.
 */
export const recipientIdOf = (identityKey: Uint8Array, address: string): RecipientId =>
  `rcp_${encodeBase32(hashUnder(identityKey)(address))}` as RecipientId;
