import type { DatabaseSync } from 'node:sqlite';
import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import {
  ED25519_KEY_BYTES,
  ed25519Signer,
  newEd25519Pair,
  type Ed25519Pair,
} from '#libs/crypto/ed25519';
import { KeyringUnavailable, type Signer, type VerifyingKey } from '../port.ts';
import type { Account } from './account-table.ts';

const DESTROYED = Buffer.alloc(ED25519_KEY_BYTES + SEAL_OVERHEAD);

export type SigningKeyTable = Readonly<{
  /** The signer of the key in force. */
  find: (account: Account) => Signer | undefined;
  /** All keys, the oldest first. */
  list: (account: Account) => readonly VerifyingKey[];
  /** The methods below only inside a write transaction. */
  make: (account: Account, now: number) => Signer;
  /** Destroys the private half of the key in force, if there is one. Its public half stays. */
  retire: (account: Account, now: number) => void;
}>;

/** Binds a wrapped seed to its account and its public key. */
const placeOf = (account: Account, publicKey: Uint8Array): Buffer =>
  Buffer.from(`${account.accountId}\n${Buffer.from(publicKey).toString('hex')}`);

const signerOf = (pair: Ed25519Pair): Signer => {
  const sign = ed25519Signer(pair);
  return { publicKey: pair.publicKey, sign: async (bytes) => sign(bytes) };
};

const unwrap = (account: Account, publicKey: Uint8Array, sealed: Uint8Array): Signer => {
  const seed = open(account.signingWrappingKey, sealed, placeOf(account, publicKey));
  if (seed !== undefined) return signerOf({ publicKey: Buffer.from(publicKey), seed });
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `The signing key of account ${account.accountId} in the keyring is damaged. Restore keyring.sqlite from a backup.`,
  );
};

type Row = Readonly<{ made: number; retired: number | null; public: Uint8Array }>;

export const signingKeyTable = (database: DatabaseSync): SigningKeyTable => {
  const inForce = 'account = ? AND retired IS NULL';
  const select = database.prepare(`SELECT public, sealed FROM signing_key WHERE ${inForce}`);
  const selectAll = database.prepare(
    'SELECT made, retired, public FROM signing_key WHERE account = ? ORDER BY id',
  );
  const insert = database.prepare(
    'INSERT INTO signing_key (account, made, public, sealed) VALUES (?, ?, ?, ?)',
  );
  // As long as what was there, so that SQLite writes it to the same place; only then may the row grow.
  const overwrite = database.prepare(`UPDATE signing_key SET sealed = ? WHERE ${inForce}`);
  const markRetired = database.prepare(`UPDATE signing_key SET retired = ? WHERE ${inForce}`);

  return {
    find: (account) => {
      const row = select.get(account.id) as { public: Uint8Array; sealed: Uint8Array } | undefined;
      return row && unwrap(account, row.public, row.sealed);
    },
    list: (account) =>
      (selectAll.all(account.id) as unknown as readonly Row[]).map((row) => ({
        publicKey: row.public,
        madeAt: row.made,
        ...(row.retired !== null && { retiredAt: row.retired }),
      })),
    make: (account, now) => {
      const pair = newEd25519Pair();
      const place = placeOf(account, pair.publicKey);
      const sealed = seal(account.signingWrappingKey, pair.seed, place);
      insert.run(account.id, now, pair.publicKey, sealed);
      return signerOf(pair);
    },
    retire: (account, now) => {
      overwrite.run(DESTROYED, account.id);
      markRetired.run(now, account.id);
    },
  };
};
