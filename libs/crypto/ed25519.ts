import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signBytes,
  verify as verifyBytes,
  type KeyObject,
} from 'node:crypto';

/** Bytes of a public key, and of the seed that a private one is made of. */
export const ED25519_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

export type Ed25519Pair = Readonly<{ publicKey: Buffer; seed: Buffer }>;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const curve = { kty: 'OKP', crv: 'Ed25519' } as const;

/** A new key pair as plain bytes. Source: RFC 8032, s. 5.1.5. */
export const newEd25519Pair = (): Ed25519Pair => {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url'), seed: Buffer.from(d, 'base64url') };
};

/** Signs under one private key, any number of times. */
export const ed25519Signer = ({
  publicKey,
  seed,
}: Ed25519Pair): ((bytes: Uint8Array) => Buffer) => {
  const jwk = { ...curve, x: base64url(publicKey), d: base64url(seed) };
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  return (bytes) => signBytes(null, bytes, key);
};

/** A public key of 32 bytes as Node's crypto takes and exports it. */
export const ed25519PublicKey = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: { ...curve, x: base64url(publicKey) }, format: 'jwk' });

/** Whether the signature is that of these very bytes under this key; false for one of another length. */
export const isEd25519Signature = (
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean =>
  signature.length === SIGNATURE_BYTES &&
  verifyBytes(null, bytes, ed25519PublicKey(publicKey), signature);
