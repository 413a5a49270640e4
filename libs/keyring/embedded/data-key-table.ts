import type { DatabaseSync } from 'node:sqlite';
import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import { randomBytesOf } from '#libs/crypto/random';
import { KEY_ID_BYTES } from '../cipher.ts';
import { KeyringUnavailable, type DataKey } from '../port.ts';
import type { Account } from './account-table.ts';
import { subjectBytes, subjectOfBytes } from './subject-bytes.ts';

const SECRET_BYTES = 32;
const NO_KEY = Buffer.alloc(KEY_ID_BYTES);
const NO_SECRET = Buffer.alloc(SECRET_BYTES + SEAL_OVERHEAD);

export type DataKeyTable = Readonly<{
  find: (account: Account, subject: string) => DataKey | undefined;
  /** The methods below only inside a write transaction. */
  make: (account: Account, subject: string, now: number) => DataKey;
  destroy: (account: Account, subject: string) => void;
  /** The row that a subject's key stands in, or stood in when it was destroyed. */
  rowOf: (account: Account, subject: string) => number | undefined;
  /** Rows with a key made before the instant given, in the order they were made. */
  madeBefore: (
    milliseconds: number,
    afterRow: number,
    limit: number,
  ) => readonly Readonly<{ account: number; subject: string }>[];
}>;

/** Binds a wrapped key to its account, its subject and its own name. */
const placeOf = (account: Account, subject: string, keyId: Uint8Array): Buffer =>
  Buffer.from(`${account.accountId}\n${subject}\n${Buffer.from(keyId).toString('hex')}`);

const unwrap = (
  account: Account,
  subject: string,
  keyId: Uint8Array,
  wrapped: Uint8Array,
): DataKey => {
  const secret = open(account.wrappingKey, wrapped, placeOf(account, subject, keyId));
  if (secret !== undefined) return { id: keyId, secret };
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `A data key of account ${account.accountId} in the keyring is damaged. Restore keyring.sqlite from a backup.`,
  );
};

export const dataKeyTable = (database: DatabaseSync): DataKeyTable => {
  // The newest row of a subject is the one that counts; those before it were destroyed.
  const select = database.prepare(
    `SELECT id, key_id, wrapped FROM data_key
     WHERE account = ? AND subject = ? ORDER BY id DESC LIMIT 1`,
  );
  const insert = database.prepare(
    'INSERT INTO data_key (account, made, subject, key_id, wrapped) VALUES (?, ?, ?, ?, ?)',
  );
  // As long as what was there, so that SQLite writes it to the same place.
  const overwrite = database.prepare('UPDATE data_key SET key_id = ?, wrapped = ? WHERE id = ?');
  const selectOld = database.prepare(
    `SELECT account, subject FROM data_key
     WHERE id > ? AND made < ? AND key_id <> ? ORDER BY id LIMIT ?`,
  );

  type Row = Readonly<{ id: number; key_id: Uint8Array; wrapped: Uint8Array }>;
  const newest = (account: Account, subject: string): Row | undefined =>
    select.get(account.id, subjectBytes(subject)) as Row | undefined;

  return {
    find: (account, subject) => {
      const row = newest(account, subject);
      if (row === undefined || NO_KEY.equals(row.key_id)) return undefined;
      return unwrap(account, subject, row.key_id, row.wrapped);
    },
    make: (account, subject, now) => {
      const key = { id: randomBytesOf(KEY_ID_BYTES), secret: randomBytesOf(SECRET_BYTES) };
      const wrapped = seal(account.wrappingKey, key.secret, placeOf(account, subject, key.id));
      insert.run(account.id, now, subjectBytes(subject), key.id, wrapped);
      return key;
    },
    destroy: (account, subject) => {
      const row = newest(account, subject);
      if (row !== undefined) overwrite.run(NO_KEY, NO_SECRET, row.id);
    },
    rowOf: (account, subject) => newest(account, subject)?.id,
    madeBefore: (milliseconds, afterRow, limit) =>
      selectOld.all(afterRow, milliseconds, NO_KEY, limit).map((row) => ({
        account: Number(row['account']),
        subject: subjectOfBytes(row['subject'] as Uint8Array),
      })),
  };
};
