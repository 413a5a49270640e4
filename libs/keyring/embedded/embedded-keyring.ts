import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#domain/kernel/index';
import { emptyWriteAheadLog, inOneRead } from '#libs/sqlite/index';
import { deriveKey } from '../derive-key.ts';
import { halfCreated } from '../half-created.ts';
import { KeyringUnavailable, type DataKey, type Keyring, type Subject } from '../port.ts';
import { checkFingerprint, fingerprintOf, rootKeyOf } from '../root-key.ts';
import { accountTable, type AccountTable } from './account-table.ts';
import { dataKeyTable, type DataKeyTable } from './data-key-table.ts';
import { keyringFailure } from './failure.ts';
import { groupCommit } from './group-commit.ts';
import { KeyMaker } from './key-maker.ts';
import { KEYRING_FILE, openKeyringFile } from './keyring-file.ts';
import { signingKeyTable } from './signing-key-table.ts';

export type EmbeddedKeyringOptions = Readonly<{
  /** The data directory, made when it is not there. Holds `keyring.sqlite` and, unless a key is given, `root.key`. */
  directory: string;
  /** 32 bytes that protect all other keys. Without it, `root.key` is read, or made at the first start. */
  rootKey?: Uint8Array;
  /** Milliseconds since 1970, for the age of keys. */
  now?: () => number;
  /** `NORMAL` loses keys in a power cut; it is there to show that the tests notice. */
  synchronous?: 'FULL' | 'NORMAL';
}>;

/**
 * Keys in a SQLite file of their own, for one machine and several processes. Nothing unwrapped is kept
 * but account keys: a key that one process destroys is gone for all at once.
 * Throws `KeyringUnavailable`; its message can be shown as it is.
 */
export const embeddedKeyring = (options: EmbeddedKeyringOptions): Keyring => {
  const path = join(options.directory, KEYRING_FILE);
  let database: DatabaseSync | undefined;
  try {
    database = openKeyringFile(options.directory, options.synchronous);
    const rootKey = establishRootKey(database, options.directory, options.rootKey);
    return keyringOver({ database, path, rootKey, now: options.now ?? Date.now });
  } catch (error) {
    database?.close();
    throw keyringFailure(error, path);
  }
};

/** The root key of this keyring, whose fingerprint is noted at the first start and checked at each other. */
const establishRootKey = (
  database: DatabaseSync,
  directory: string,
  given: Uint8Array | undefined,
): Buffer => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const row = database.prepare('SELECT fingerprint FROM root').get();
    if (row === undefined) refuseKeysWithoutRoot(database, join(directory, KEYRING_FILE));
    const { key: rootKey } = rootKeyOf(directory, given, row !== undefined);
    if (row === undefined) {
      database
        .prepare('INSERT INTO root (id, fingerprint) VALUES (1, ?)')
        .run(fingerprintOf(rootKey));
    } else {
      checkFingerprint(rootKey, String(row['fingerprint']), KEYRING_FILE);
    }
    database.exec('COMMIT');
    return rootKey;
  } finally {
    if (database.isTransaction) database.exec('ROLLBACK');
  }
};

/** Keys are made after the root key was noted, except by a copy, which notes it last. */
const refuseKeysWithoutRoot = (database: DatabaseSync, path: string): void => {
  if (database.prepare('SELECT 1 FROM account LIMIT 1').get() !== undefined)
    throw halfCreated(path);
};

type Parts = Readonly<{ database: DatabaseSync; path: string; rootKey: Buffer; now: () => number }>;

const keyringOver = ({ database, path, rootKey, now }: Parts): Keyring => {
  const accounts = accountTable(database, rootKey);
  const dataKeys = dataKeyTable(database);
  const signingKeys = signingKeyTable(database);
  const group = groupCommit(database, path, accounts.forget);
  const keyMaker = new KeyMaker(accounts, dataKeys, group.stamp);
  const tokenKey = deriveKey(rootKey, 'token');
  const fingerprint = fingerprintOf(rootKey);

  const reading = <T>(read: () => T): T => {
    group.assertUsable();
    try {
      return read();
    } catch (error) {
      throw keyringFailure(error, path);
    }
  };
  const find = (subjects: readonly Subject[]): readonly (DataKey | undefined)[] =>
    reading(() =>
      inOneRead(database, () => subjects.map((subject) => findKey(accounts, dataKeys, subject))),
    );

  return {
    belongTo: async (ledgerId) => {
      const owner =
        reading(() => ledgerOf(database)) ??
        (await group.commit(() => {
          database.prepare(BELONG).run(ledgerId);
          return ledgerOf(database);
        }));
      if (owner !== ledgerId) throw foreign(path);
    },
    tokenKey: () => tokenKey,
    rootFingerprint: () => fingerprint,
    accountKeys: async (accountId: AccountId) => {
      const account = reading(() => accounts.find(accountId));
      return (account ?? (await group.commit(() => accounts.ensure(accountId)))).keys;
    },
    find: async (subjects) => find(subjects),
    ensure: async (subjects) => {
      const seen = reading(group.stamp);
      const found = find(subjects);
      if (found.every(isPresent)) return found;
      try {
        return await group.commit(() => {
          const make = keyMaker.maker(seen, now());
          return subjects.map((subject, index) => found[index] ?? make(subject));
        });
      } finally {
        keyMaker.forget();
      }
    },
    destroy: async ({ accountId, subject }, keyId) => {
      await group.commit(() => {
        const account = accounts.find(accountId);
        if (account !== undefined) dataKeys.destroy(account, subject, keyId);
      });
      // It still holds pages from before.
      await cleaned(database, path, 'The key is destroyed. Repeat the erasure.');
    },
    madeBefore: async (milliseconds, after, limit) =>
      reading(() => {
        const rows = dataKeys.madeBefore(milliseconds, rowOf(accounts, dataKeys, after), limit);
        return rows.flatMap((row) => {
          const accountId = accounts.byRow(row.account)?.accountId;
          return accountId === undefined ? [] : [{ accountId, subject: row.subject }];
        });
      }),
    signer: async (accountId) => {
      const account = reading(() => accounts.find(accountId));
      const known = account && reading(() => signingKeys.find(account));
      if (known !== undefined) return known;
      return group.commit(() => {
        // Look again under the lock: another process may have been faster.
        const owner = accounts.ensure(accountId);
        return signingKeys.find(owner) ?? signingKeys.make(owner, now());
      });
    },
    verifyingKeys: async (accountId) =>
      reading(() => {
        const account = accounts.find(accountId);
        return account === undefined ? [] : signingKeys.list(account);
      }),
    renewSigningKey: async (accountId) => {
      const signer = await group.commit(() => {
        const account = accounts.ensure(accountId);
        signingKeys.retire(account, now());
        return signingKeys.make(account, now());
      });
      await cleaned(database, path, 'The old signing key is retired. Repeat the renewal later.');
      return signer;
    },
    close: async () => {
      group.close();
      if (database.isOpen) database.close();
    },
  };
};

/** The first to say it decides. */
const BELONG = 'INSERT INTO ledger (id, ledger_id) VALUES (1, ?) ON CONFLICT DO NOTHING';

const ledgerOf = (database: DatabaseSync): string | undefined => {
  const row = database.prepare('SELECT ledger_id FROM ledger').get();
  return row && String(row['ledger_id']);
};

const foreign = (path: string): KeyringUnavailable =>
  new KeyringUnavailable(
    'foreign-ledger',
    `The keys in ${path} are those of another ledger, so no personal data of this one could be read. Put the keyring and the ledger of the same backup side by side; nothing was changed.`,
  );

const isPresent = (key: DataKey | undefined): key is DataKey => key !== undefined;

const findKey = (
  accounts: AccountTable,
  dataKeys: DataKeyTable,
  { accountId, subject }: Subject,
): DataKey | undefined => {
  const account = accounts.find(accountId);
  return account && dataKeys.find(account, subject);
};

const rowOf = (
  accounts: AccountTable,
  dataKeys: DataKeyTable,
  after: Subject | undefined,
): number => {
  if (after === undefined) return 0;
  const account = accounts.find(after.accountId);
  return (account && dataKeys.rowOf(account, after.subject)) ?? 0;
};

/** `done` says what was carried out all the same, and what to do about the rest. */
const cleaned = async (database: DatabaseSync, path: string, done: string): Promise<void> => {
  let isEmpty: boolean;
  try {
    isEmpty = await emptyWriteAheadLog(database);
  } catch (error) {
    throw keyringFailure(error, path);
  }
  if (isEmpty) return;
  throw new KeyringUnavailable(
    'busy',
    `Another program keeps ${path} from being cleaned of what was destroyed. ${done}`,
  );
};
