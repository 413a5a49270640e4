import type { DatabaseSync } from 'node:sqlite';
import type { Signer, VerifyingKey } from '../port.ts';
import {
  newSigningKey,
  openSigningKey,
  WRAPPED_SIGNING_KEY_BYTES,
} from '../wrapped-signing-key.ts';
import type { Account } from './account-table.ts';

const DESTROYED = Buffer.alloc(WRAPPED_SIGNING_KEY_BYTES);

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

type Row = Readonly<{ made: number; retired: number | null; public: Uint8Array }>;

/** The keys that sign for accounts, in the file of a keyring. */
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
      return row && openSigningKey(account, row.public, row.sealed);
    },
    list: (account) =>
      (selectAll.all(account.id) as unknown as readonly Row[]).map((row) => ({
        publicKey: row.public,
        madeAt: row.made,
        ...(row.retired !== null && { retiredAt: row.retired }),
      })),
    make: (account, now) => {
      const { signer, publicKey, wrapped } = newSigningKey(account);
      insert.run(account.id, now, publicKey, wrapped);
      return signer;
    },
    retire: (account, now) => {
      overwrite.run(DESTROYED, account.id);
      markRetired.run(now, account.id);
    },
  };
};
