import { open, seal } from '#libs/crypto/aead';

/**
 * A text that only we can make and read, for links and cursors: base64url of the encrypted payload. The
 * purpose is bound to it, so that a token of one kind is no token of another. Two tokens of the same
 * payload differ.
 */
export const sealToken = (key: Uint8Array, purpose: string, payload: string): string =>
  seal(key, Buffer.from(payload), Buffer.from(purpose)).toString('base64url');

/** The payload, or undefined for anything that `sealToken` did not make with this key and purpose. */
export const openToken = (key: Uint8Array, purpose: string, token: string): string | undefined => {
  const sealed = Buffer.from(token, 'base64url');
  // The decoder skips what it does not know: one token would have many spellings.
  if (sealed.toString('base64url') !== token) return undefined;
  return open(key, sealed, Buffer.from(purpose))?.toString();
};
