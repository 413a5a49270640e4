import type { DatabaseSync } from 'node:sqlite';
import type { DataKey } from '../port.ts';
import {
  isKeyNamed,
  newDataKey,
  openDataKey,
  WRAPPED_DATA_KEY_BYTES,
} from '../wrapped-data-key.ts';
import type { Account } from './account-table.ts';
import { subjectBytes, subjectOfBytes } from './subject-bytes.ts';

const DESTROYED = Buffer.alloc(WRAPPED_DATA_KEY_BYTES);

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

/** The keys of people, in the file of a keyring. */
export const dataKeyTable = (database: DatabaseSync): DataKeyTable => {
  // The newest row of a subject is the one that counts; those before it were destroyed.
  const newest = 'SELECT max(id) AS id FROM data_key WHERE account = ? AND subject = ?';
  const select = database.prepare(`SELECT hex(sealed) FROM data_key WHERE id = (${newest})`);
  // There is one for each person: an array comes faster than an object, and a text faster than bytes.
  select.setReturnArrays(true);
  const sealedKey = (account: Account, subject: string): Buffer | undefined => {
    const row = select.get(account.id, subjectBytes(subject)) as unknown as [string] | undefined;
    return row && Buffer.from(row[0], 'hex');
  };
  const selectId = database.prepare(newest);
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
    return typeof id === 'number' ? id : undefined;
  };

  return {
    rowOf,
    find: (account, subject) => {
      const sealed = sealedKey(account, subject);
      if (sealed === undefined || DESTROYED.equals(sealed)) return undefined;
      return openDataKey(account, subject, sealed);
    },
    make: (account, subject, now) => {
      const { key, wrapped } = newDataKey(account, subject);
      insert.run(account.id, now, subjectBytes(subject), wrapped);
      return key;
    },
    destroy: (account, subject, keyId) => {
      const sealed = sealedKey(account, subject);
      if (sealed === undefined) return;
      const row = rowOf(account, subject);
      if (row !== undefined && isKeyNamed(sealed, keyId)) overwrite.run(DESTROYED, row);
    },
    madeBefore: (milliseconds, afterRow, limit) =>
      selectOld.all(afterRow, milliseconds, DESTROYED, limit).map((row) => ({
        account: Number(row['account']),
        subject: subjectOfBytes(row['subject'] as Uint8Array),
      })),
  };
};
