import { hkdfSync } from 'node:crypto';

/** A 32-byte key for one purpose, made from another key. Source: RFC 5869. */
export const deriveKey = (key: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `attesta/${purpose}/1`, 32));
