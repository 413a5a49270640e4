import { ok, refuse, type Result } from '#domain/kernel/index';
import { isEd25519Signature } from '#libs/crypto/ed25519';
import { keyIdOf } from './public-key-forms.ts';

/** Whoever signs: a public key, and what makes signatures under its private half. */
export type SigningParty = Readonly<{
  publicKey: Uint8Array;
  sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}>;

/** Why a signature does not hold. */
export type SignatureFault = 'malformed' | 'other-algorithm' | 'other-key' | 'altered';

const ALGORITHM = 'Ed25519';

/** What is signed: the protected header and the payload, as RFC 7515 s. 5.1 puts them together. */
const signingInput = (header: string, payload: Uint8Array): Buffer =>
  Buffer.from(`${header}.${Buffer.from(payload).toString('base64url')}`);

/**
 * A JSON Web Signature of a payload that travels beside it: `<header>..<signature>`, with the algorithm and the
 * name of the key in the header. Source: RFC 7515 s. 7.1 and appendix F, RFC 9864.
 */
export const signDetached = async (payload: Uint8Array, party: SigningParty): Promise<string> => {
  const { publicKey, sign } = party;
  const protectedHeader = JSON.stringify({ alg: ALGORITHM, kid: keyIdOf(publicKey) });
  const header = Buffer.from(protectedHeader).toString('base64url');
  const signature = await sign(signingInput(header, payload));
  return `${header}..${Buffer.from(signature).toString('base64url')}`;
};

/**
 * Whether a detached signature is that of the payload under one of the keys; the name of that key if so. One
 * algorithm is taken and nothing in the header is followed anywhere: the reader brings the keys.
 */
export const checkDetached = (
  signature: string,
  payload: Uint8Array,
  keys: readonly Uint8Array[],
): Result<string, SignatureFault> => {
  const [header = '', middle, last = '', ...more] = signature.split('.');
  const named = namedIn(header);
  const bytes = strictBytes(last);
  if (named === undefined || bytes === undefined || middle !== '' || more.length > 0) {
    return refuse('malformed');
  }
  if (named.algorithm !== ALGORITHM) return refuse('other-algorithm');
  const key = keys.find((each) => keyIdOf(each) === named.keyId);
  if (key === undefined) return refuse('other-key');
  return isEd25519Signature(key, signingInput(header, payload), bytes)
    ? ok(named.keyId)
    : refuse('altered');
};

const namedIn = (header: string): Readonly<{ algorithm: string; keyId: string }> | undefined => {
  const bytes = strictBytes(header);
  if (bytes === undefined) return undefined;
  try {
    const value = JSON.parse(bytes.toString()) as unknown;
    if (typeof value !== 'object' || value === null) return undefined;
    const { alg, kid, ...others } = value as Readonly<Record<string, unknown>>;
    // An unknown parameter could change what the signature means (`b64`, `crit`).
    const isPlain = Object.keys(others).length === 0;
    return isPlain && typeof alg === 'string' && typeof kid === 'string'
      ? { algorithm: alg, keyId: kid }
      : undefined;
  } catch {
    return undefined;
  }
};

/** The decoder skips what it does not know: one signature would have many spellings. */
const strictBytes = (text: string): Buffer | undefined => {
  const bytes = Buffer.from(text, 'base64url');
  return text !== '' && bytes.toString('base64url') === text ? bytes : undefined;
};
