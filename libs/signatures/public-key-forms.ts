import { createHash } from 'node:crypto';
import { ed25519PublicKey } from '#libs/crypto/ed25519';

/** A public key as a JSON Web Key. Source: RFC 8037, RFC 9864. */
export type PublicJwk = Readonly<{
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'Ed25519';
}>;

const xOf = (publicKey: Uint8Array): string => Buffer.from(publicKey).toString('base64url');

/** The name of a key, which anybody can compute from it: its JWK thumbprint. Source: RFC 7638, RFC 8037 A.3. */
export const keyIdOf = (publicKey: Uint8Array): string =>
  createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${xOf(publicKey)}"}`)
    .digest('base64url');

/** The form that programs on the web read. Source: RFC 8037. */
export const jwkOf = (publicKey: Uint8Array): PublicJwk => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: xOf(publicKey),
  kid: keyIdOf(publicKey),
  use: 'sig',
  alg: 'Ed25519',
});

/** The form that OpenSSL reads. Source: RFC 8410, RFC 7468 s. 13. */
export const pemOf = (publicKey: Uint8Array): string =>
  ed25519PublicKey(publicKey).export({ format: 'pem', type: 'spki' }).toString();
