import { join } from 'node:path';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { AccountId } from '#domain/kernel/index';
import { inOneRead } from '#libs/sqlite/index';
import type { WrappedKeys, WrappedSigningKey } from '../copying/wrapped-keys.ts';
import type { Subject } from '../port.ts';
import { WRAPPED_DATA_KEY_BYTES } from '../wrapped-data-key.ts';
import { WRAPPED_SIGNING_KEY_BYTES } from '../wrapped-signing-key.ts';
import { keyringFailure } from './failure.ts';
import { KEYRING_FILE, openKeyringFile } from './keyring-file.ts';
import { subjectBytes, subjectOfBytes } from './subject-bytes.ts';

const DESTROYED_DATA_KEY = Buffer.alloc(WRAPPED_DATA_KEY_BYTES);
const DESTROYED_SIGNING_KEY = Buffer.alloc(WRAPPED_SIGNING_KEY_BYTES);

const ACCOUNTS = 'SELECT account, wrapped FROM account ORDER BY account';
const SIGNING_KEYS = `
  SELECT account.account, public, made, retired, sealed FROM signing_key
  JOIN account ON account.id = signing_key.account ORDER BY account.account, signing_key.id`;
const DATA_KEYS = `
  SELECT data_key.id, account.account, subject, made, sealed FROM data_key
  JOIN account ON account.id = data_key.account
  WHERE data_key.id > ? AND sealed <> ? ORDER BY data_key.id LIMIT ?`;
const FIND = `
  SELECT sealed FROM data_key
  WHERE account = (SELECT id FROM account WHERE account = ?) AND subject = ? ORDER BY id DESC LIMIT 1`;
const ROW_OF_ACCOUNT = '(SELECT id FROM account WHERE account = ?)';
const KEEP_DATA_KEY = `
  INSERT INTO data_key (account, subject, made, sealed) VALUES (${ROW_OF_ACCOUNT}, ?, ?, ?)`;
const KEEP_SIGNING_KEY = `
  INSERT INTO signing_key (account, public, made, retired, sealed)
  VALUES (${ROW_OF_ACCOUNT}, ?, ?, ?, ?)`;

/** The keys in the file of a data directory, as one copies them. Throws `KeyringUnavailable`. */
export const embeddedWrappedKeys = (directory: string): WrappedKeys => {
  const place = join(directory, KEYRING_FILE);
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw keyringFailure(error, place);
    }
  };
  const database = explained(() => openKeyringFile(directory));
  const all = (sql: string, ...values: readonly (string | number | Uint8Array)[]) =>
    explained(() => database.prepare(sql).all(...values));
  const write = (work: () => void): void => explained(() => inTransaction(database, work));

  return {
    place,
    owner: async () => {
      const [root] = all('SELECT fingerprint FROM root');
      const [ledger] = all('SELECT ledger_id FROM ledger');
      return {
        ...(root && { rootFingerprint: String(root['fingerprint']) }),
        ...(ledger && { ledgerId: String(ledger['ledger_id']) }),
      };
    },
    accountKeys: async () =>
      all(ACCOUNTS).map((row) => ({
        accountId: AccountId.parse(String(row['account'])),
        wrapped: bytesOf(row['wrapped']),
      })),
    signingKeys: async () => all(SIGNING_KEYS).map(signingKeyOf),
    dataKeys: async (after, limit) => {
      const rows = all(DATA_KEYS, Number(after ?? 0), DESTROYED_DATA_KEY, limit);
      const last = rows.length < limit ? undefined : rows.at(-1);
      const keys = rows.map((row) => ({
        accountId: AccountId.parse(String(row['account'])),
        subject: subjectOfBytes(bytesOf(row['subject'])),
        madeAt: Number(row['made']),
        wrapped: bytesOf(row['sealed']),
      }));
      return { keys, ...(last && { next: String(last['id']) }) };
    },
    findDataKeys: async (subjects) => findAll(database, explained, subjects),
    countDataKeys: async () => {
      const count = 'SELECT count(*) AS count FROM data_key WHERE sealed <> ?';
      return Number(all(count, DESTROYED_DATA_KEY)[0]?.['count']);
    },
    begin: async () => write(() => database.exec('DELETE FROM root')),
    keepAccountKeys: async (keys) =>
      write(() => {
        const insert = database.prepare('INSERT INTO account (account, wrapped) VALUES (?, ?)');
        for (const { accountId, wrapped } of keys) insert.run(accountId, wrapped);
      }),
    keepSigningKeys: async (keys) =>
      write(() => {
        const insert = database.prepare(KEEP_SIGNING_KEY);
        for (const { accountId, publicKey, madeAt, retiredAt, wrapped } of keys) {
          const sealed = wrapped ?? DESTROYED_SIGNING_KEY;
          insert.run(accountId, publicKey, madeAt, retiredAt ?? null, sealed);
        }
      }),
    keepDataKeys: async (keys) =>
      write(() => {
        const insert = database.prepare(KEEP_DATA_KEY);
        for (const { accountId, subject, madeAt, wrapped } of keys) {
          insert.run(accountId, subjectBytes(subject), madeAt, wrapped);
        }
      }),
    complete: async ({ rootFingerprint, ledgerId }) =>
      write(() => {
        if (ledgerId !== undefined) {
          database
            .prepare('INSERT OR REPLACE INTO ledger (id, ledger_id) VALUES (1, ?)')
            .run(ledgerId);
        }
        database.prepare('INSERT INTO root (id, fingerprint) VALUES (1, ?)').run(rootFingerprint);
      }),
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
};

const findAll = (
  database: DatabaseSync,
  explained: <T>(work: () => T) => T,
  subjects: readonly Subject[],
): readonly (Uint8Array | undefined)[] =>
  explained(() =>
    inOneRead(database, () => {
      const select = database.prepare(FIND);
      return subjects.map(({ accountId, subject }) => {
        const row = select.get(accountId, subjectBytes(subject));
        const sealed = row && bytesOf(row['sealed']);
        return sealed !== undefined && DESTROYED_DATA_KEY.equals(sealed) ? undefined : sealed;
      });
    }),
  );

const signingKeyOf = (row: Record<string, SQLOutputValue>): WrappedSigningKey => {
  const wrapped = bytesOf(row['sealed']);
  const retired = row['retired'];
  return {
    accountId: AccountId.parse(String(row['account'])),
    publicKey: bytesOf(row['public']),
    madeAt: Number(row['made']),
    ...(typeof retired === 'number' && { retiredAt: retired }),
    ...(!DESTROYED_SIGNING_KEY.equals(wrapped) && { wrapped }),
  };
};

const bytesOf = (value: SQLOutputValue | undefined): Uint8Array => {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('A key is stored as bytes.');
};

const inTransaction = (database: DatabaseSync, work: () => void): void => {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};
