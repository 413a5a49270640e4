import type { DatabaseSync } from 'node:sqlite';
import { open, seal, SEAL_OVERHEAD } from '#libs/crypto/aead';
import { randomBytesOf } from '#libs/crypto/random';
import { KEY_ID_BYTES } from '../cipher.ts';
import { KeyringUnavailable, type DataKey } from '../port.ts';
import type { Account } from './account-table.ts';
import { subjectBytes, subjectOfBytes } from './subject-bytes.ts';

const SECRET_BYTES = 32;
const DESTROYED = Buffer.alloc(KEY_ID_BYTES + SECRET_BYTES + SEAL_OVERHEAD);

export type DataKeyTable = Readonly<{
  find: (account: Account, subject: string) => DataKey | undefined;
  /** The methods below only inside a write transaction. */
  make: (account: Account, subject: string, now: number) => DataKey;
  /** With a key's id: only that very key. */
  destroy: (account: Account, subject: string, keyId?: Uint8Array) => void;
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
const placeOf = (account: Account, subject: string, keyId: Buffer): Buffer =>
  Buffer.from(`${account.accountId}\n${subject}\n${keyId.toString('hex')}`);

const unwrap = (account: Account, subject: string, bytes: Uint8Array): DataKey => {
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = sealed.subarray(0, KEY_ID_BYTES);
  const place = placeOf(account, subject, id);
  const secret = open(account.wrappingKey, sealed.subarray(KEY_ID_BYTES), place);
  if (secret !== undefined) return { id, secret };
  throw new KeyringUnavailable(
    'keyring-corrupt',
    `A data key of account ${account.accountId} in the keyring is damaged. Restore keyring.sqlite from a backup.`,
  );
};

export const dataKeyTable = (database: DatabaseSync): DataKeyTable => {
  // The newest row of a subject is the one that counts; those before it were destroyed.
  const newest = 'WHERE account = ? AND subject = ? ORDER BY id DESC LIMIT 1';
  const select = database.prepare(`SELECT sealed FROM data_key ${newest}`);
  const selectId = database.prepare(`SELECT id FROM data_key ${newest}`);
  const insert = database.prepare(
    'INSERT INTO data_key (account, made, subject, sealed) VALUES (?, ?, ?, ?)',
  );
  // As long as what was there, so that SQLite writes it to the same place.
  const overwrite = database.prepare('UPDATE data_key SET sealed = ? WHERE id = ?');
  const selectOld = database.prepare(
    `SELECT account, subject FROM data_key
     WHERE id > ? AND made < ? AND sealed <> ? ORDER BY id LIMIT ?`,
  );

  const rowOf = (account: Account, subject: string): number | undefined => {
    const id = selectId.get(account.id, subjectBytes(subject))?.['id'];
    return id === undefined ? undefined : Number(id);
  };

  return {
    rowOf,
    find: (account, subject) => {
      const row = select.get(account.id, subjectBytes(subject));
      const sealed = row?.['sealed'];
      if (!(sealed instanceof Uint8Array) || DESTROYED.equals(sealed)) return undefined;
      return unwrap(account, subject, sealed);
    },
    make: (account, subject, now) => {
      const id = randomBytesOf(KEY_ID_BYTES);
      const secret = randomBytesOf(SECRET_BYTES);
      const sealed = seal(account.wrappingKey, secret, placeOf(account, subject, id), id);
      insert.run(account.id, now, subjectBytes(subject), sealed);
      return { id, secret };
    },
    destroy: (account, subject, keyId) => {
      const sealed = select.get(account.id, subjectBytes(subject))?.['sealed'];
      if (!(sealed instanceof Uint8Array)) return;
      const isAnother =
        keyId !== undefined && Buffer.compare(sealed.subarray(0, KEY_ID_BYTES), keyId) !== 0;
      const row = rowOf(account, subject);
      if (row !== undefined && !isAnother) overwrite.run(DESTROYED, row);
    },
    madeBefore: (milliseconds, afterRow, limit) =>
      selectOld.all(afterRow, milliseconds, DESTROYED, limit).map((row) => ({
        account: Number(row['account']),
        subject: subjectOfBytes(row['subject'] as Uint8Array),
      })),
  };
};
