import { createPublicKey } from 'node:crypto';

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]*-----END PUBLIC KEY-----/g;
/** 32 bytes in base64url. */
const RAW_KEY = /^[A-Za-z0-9_-]{43}$/;

/**
 * The Ed25519 public keys in a text: PEM (any number of blocks, with text between them), a JSON Web Key, a set
 * of them, or the bare key in base64url. Keys of other kinds are passed over, as RFC 7517 s. 5 wants it; empty
 * when nothing is left.
 */
export const readPublicKeys = (text: string): readonly Uint8Array[] => {
  const trimmed = text.trim();
  if (RAW_KEY.test(trimmed)) return rawKeys(trimmed);
  const blocks = trimmed.match(PEM_BLOCK);
  if (blocks !== null && !trimmed.startsWith('{')) return blocks.flatMap(pemKeys);
  return jwkKeys(trimmed);
};

const rawKeys = (x: unknown): readonly Uint8Array[] => {
  if (typeof x !== 'string' || !RAW_KEY.test(x)) return [];
  const bytes = Buffer.from(x, 'base64url');
  return bytes.toString('base64url') === x ? [bytes] : [];
};

const pemKeys = (block: string): readonly Uint8Array[] => {
  try {
    return rawKeys(createPublicKey(block).export({ format: 'jwk' }).x);
  } catch {
    return [];
  }
};

const jwkKeys = (text: string): readonly Uint8Array[] => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  if (!isObject(value)) return [];
  const { keys } = value;
  return (Array.isArray(keys) ? (keys as readonly unknown[]) : [value]).flatMap(jwkKey);
};

const jwkKey = (jwk: unknown): readonly Uint8Array[] =>
  isObject(jwk) && jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519' ? rawKeys(jwk['x']) : [];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
