/* eslint-disable max-params -- as libsodium has them */
/** The few functions of libsodium that are used here; the package brings no types of its own. */
declare module 'sodium-native' {
  type Sodium = Readonly<{
    /** Writes cipher text and tag to `cipher`; returns its length. */
    crypto_aead_xchacha20poly1305_ietf_encrypt: (
      cipher: Uint8Array,
      message: Uint8Array,
      associated: Uint8Array,
      secretNonce: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ) => number;
    /** Throws when the cipher text was not made with this key, nonce and associated data. */
    crypto_aead_xchacha20poly1305_ietf_decrypt: (
      message: Uint8Array,
      secretNonce: null,
      cipher: Uint8Array,
      associated: Uint8Array,
      nonce: Uint8Array,
      key: Uint8Array,
    ) => number;
    crypto_hash_sha256: (digest: Uint8Array, message: Uint8Array) => void;
  }>;
  const sodium: Sodium;
  // eslint-disable-next-line no-restricted-syntax -- the package has no names to import
  export default sodium;
}
