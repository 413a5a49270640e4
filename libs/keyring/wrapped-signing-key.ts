import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import {
  ED25519_KEY_BYTES,
  ed25519Signer,
  newEd25519Pair,
  type Ed25519Pair,
} from '#libs/crypto/ed25519';
import type { OpenAccount } from './account-keys.ts';
import { KeyringUnavailable, type Signer } from './port.ts';

/** Bytes of the private half of a signing key as it is stored. */
export const WRAPPED_SIGNING_KEY_BYTES = ED25519_KEY_BYTES + SEAL_OVERHEAD;

/** Binds a wrapped seed to its account and its public key. */
const placeOf = (account: OpenAccount, publicKey: Uint8Array): Buffer =>
  Buffer.from(`${account.accountId}\n${Buffer.from(publicKey).toString('hex')}`);

const signerOf = (pair: Ed25519Pair): Signer => {
  const sign = ed25519Signer(pair);
  return { publicKey: pair.publicKey, sign: async (bytes) => sign(bytes) };
};

/** A new key to sign with; its private half as it is stored. */
export const newSigningKey = (
  account: OpenAccount,
): Readonly<{ signer: Signer; publicKey: Uint8Array; wrapped: Buffer }> => {
  const pair = newEd25519Pair();
  const place = placeOf(account, pair.publicKey);
  const wrapped = seal(account.signingWrappingKey, pair.seed, place);
  return { signer: signerOf(pair), publicKey: pair.publicKey, wrapped };
};

/** The key that was stored for the account. Throws `KeyringUnavailable` when either half was changed. */
export const openSigningKey = (
  account: OpenAccount,
  publicKey: Uint8Array,
  wrapped: Uint8Array,
): Signer => {
  const seed = open(account.signingWrappingKey, wrapped, placeOf(account, publicKey));
  if (seed !== undefined) return signerOf({ publicKey: Buffer.from(publicKey), seed });
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `The signing key of account ${account.accountId} in the keyring is damaged. Restore the keyring from a backup.`,
  );
};
