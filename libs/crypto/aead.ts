import sodium from 'sodium-native';
import { fillRandom } from './random.ts';

const NONCE_BYTES = 24;
const TAG_BYTES = 16;
/** By how much sealed bytes are longer than the plain ones. */
export const SEAL_OVERHEAD = NONCE_BYTES + TAG_BYTES;

/**
 * Encrypts and authenticates under a 32-byte key: nonce || cipher text || tag, after `prefix`, if any.
 * `associated` must be given again to open it. The nonce is random, which 192 bits allow for any number
 * of messages. Source: XChaCha20-Poly1305, draft-irtf-cfrg-xchacha-03.
 */
export const seal = (
  key: Uint8Array,
  plain: Uint8Array,
  associated: Uint8Array,
  prefix?: Uint8Array,
): Buffer => {
  const start = prefix?.length ?? 0;
  const sealed = Buffer.allocUnsafe(start + plain.length + SEAL_OVERHEAD);
  if (prefix !== undefined) sealed.set(prefix);
  const nonce = sealed.subarray(start, start + NONCE_BYTES);
  fillRandom(nonce);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    sealed.subarray(start + NONCE_BYTES),
    plain,
    associated,
    null,
    nonce,
    key,
  );
  return sealed;
};

/** The plain bytes, or undefined when anything differs: key, associated data or a single bit. */
export const open = (
  key: Uint8Array,
  sealed: Uint8Array,
  associated: Uint8Array,
): Buffer | undefined => {
  if (sealed.length < SEAL_OVERHEAD) return undefined;
  const plain = Buffer.allocUnsafe(sealed.length - SEAL_OVERHEAD);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain,
      null,
      sealed.subarray(NONCE_BYTES),
      associated,
      sealed.subarray(0, NONCE_BYTES),
      key,
    );
  } catch (error) {
    // The only thing that libsodium has to say of data of the right sizes; anything else is a bug.
    if (error instanceof Error && error.message === 'could not verify data') return undefined;
    throw error;
  }
  return plain;
};
