import type { AccountId } from '#domain/kernel/index';
import type { Mongo } from '#libs/mongodb/index';
import type { OpenAccount } from '../account-keys.ts';
import { deriveKey } from '../derive-key.ts';
import { KeyringUnavailable, type DataKey, type Keyring, type Subject } from '../port.ts';
import { fingerprintOf } from '../root-key.ts';
import { isKeyNamed, openDataKey } from '../wrapped-data-key.ts';
import { accountCollection, type AccountCollection } from './account-collection.ts';
import {
  DATA_KEYS,
  dataKeyCollection,
  type DataKeyCollection,
  type DataKeyDocument,
  type Standing,
} from './data-key-collection.ts';
import { establishRootKey, type RootKeySource } from './establish-root-key.ts';
import { keyDatabase, type KeyDatabase } from './key-database.ts';
import { keyringNotes } from './keyring-notes.ts';
import {
  SIGNING_KEYS,
  signingKeyCollection,
  type SigningKeyDocument,
} from './signing-key-collection.ts';
import { untilSettled } from './until-settled.ts';

export type MongoKeyringOptions = RootKeySource &
  Readonly<{
    /** Stays open when the keyring is closed: others may share it. */
    mongo: Mongo;
    /** Milliseconds since 1970, for the age of keys. */
    now?: () => number;
  }>;

/**
 * Keys in collections of their own, for several machines. Whatever is kept is kept by most members of the
 * replica set, in their journals, before a promise resolves, and nothing else is read. Nothing unwrapped is
 * kept in memory but account keys: a key that one process destroys is gone for all at once.
 *
 * What destroying means here: the wrapped key leaves its document at once. Its bytes stay for a while in what
 * MongoDB keeps of the past: freed pages of its files until they are used again, the journal, the oplog until it
 * has gone round, and every backup. All of that is of use only together with the root key, which is never in the
 * database. Let backups of it expire, and keep them apart from those of the ledger.
 *
 * Throws `KeyringUnavailable`; its message can be shown as it is.
 */
export const mongoKeyring = async (options: MongoKeyringOptions): Promise<Keyring> => {
  const { mongo, now = Date.now } = options;
  const database = keyDatabase(mongo);
  const notes = keyringNotes(database);
  const rootKey = await establishRootKey(options, notes, database, mongo.place);
  await declareIndexes(database);
  const accounts = accountCollection(database, rootKey);
  const tokenKey = deriveKey(rootKey, 'token');
  const fingerprint = fingerprintOf(rootKey);
  return {
    belongTo: async (ledgerId) => {
      if ((await notes.settle('ledger', ledgerId)) !== ledgerId) throw foreign(mongo.place);
    },
    tokenKey: () => tokenKey,
    rootFingerprint: () => fingerprint,
    accountKeys: async (accountId) => (await accounts.ensure(accountId)).keys,
    ...keeping(accounts, dataKeyCollection(database), now),
    ...signing(accounts, database, now),
    close: async () => {
      database.close();
    },
  };
};

const foreign = (place: string): KeyringUnavailable =>
  new KeyringUnavailable(
    'foreign-ledger',
    `The keys in ${place} are those of another ledger, so no personal data of this one could be read. Correct ATTESTA_MONGODB_URL or ATTESTA_EVENTSTORE_URL, or restore both from backups of the same time; nothing was changed.`,
  );

const declareIndexes = ({ ask }: KeyDatabase): Promise<void> =>
  ask(async (database) => {
    await database.collection<DataKeyDocument>(DATA_KEYS).createIndex({ order: 1 });
    await database
      .collection<SigningKeyDocument>(SIGNING_KEYS)
      .createIndex({ account: 1, number: 1 });
  });

const keeping = (
  accounts: AccountCollection,
  dataKeys: DataKeyCollection,
  now: () => number,
): Pick<Keyring, 'find' | 'ensure' | 'destroy' | 'madeBefore'> => {
  const opened = async ({ subject, newest }: Standing): Promise<DataKey | undefined> => {
    if (newest?.sealed === undefined) return undefined;
    const account = await accounts.find(subject.accountId);
    if (account === undefined) throw withoutAccount(subject.accountId);
    return openDataKey(account, subject.subject, newest.sealed);
  };

  /** The keys of distinct subjects, by name; without those that another process is just making. */
  const findOrMake = async (
    subjects: ReadonlyMap<string, Subject>,
  ): Promise<ReadonlyMap<string, DataKey>> => {
    const keys = new Map<string, DataKey>();
    const wanted: { account: OpenAccount; standing: Standing }[] = [];
    for (const standing of await dataKeys.standings([...subjects.values()])) {
      const key = await opened(standing);
      if (key !== undefined) keys.set(nameOf(standing.subject), key);
      else wanted.push({ account: await accounts.ensure(standing.subject.accountId), standing });
    }
    const made = await dataKeys.make(wanted, now());
    wanted.forEach(({ standing: { subject } }, index) => {
      const key = made[index];
      if (key !== undefined) keys.set(nameOf(subject), key);
    });
    return keys;
  };

  return {
    find: async (subjects) => {
      const distinct = byName(subjects);
      const keys = new Map<string, DataKey>();
      for (const standing of await dataKeys.standings([...distinct.values()])) {
        const key = await opened(standing);
        if (key !== undefined) keys.set(nameOf(standing.subject), key);
      }
      return subjects.map((subject) => keys.get(nameOf(subject)));
    },
    ensure: async (subjects) => {
      const missing = byName(subjects);
      const keys = new Map<string, DataKey>();
      await untilSettled(async () => {
        for (const [name, key] of await findOrMake(missing)) {
          keys.set(name, key);
          missing.delete(name);
        }
        return missing.size === 0 ? true : undefined;
      });
      return subjects.map((subject) => present(keys.get(nameOf(subject))));
    },
    destroy: async (subject, keyId) => {
      const [standing] = await dataKeys.standings([subject]);
      const newest = standing?.newest;
      if (newest?.sealed === undefined || !isKeyNamed(newest.sealed, keyId)) return;
      await dataKeys.destroy(newest._id);
    },
    madeBefore: async (milliseconds, after, limit) => {
      const [standing] = after === undefined ? [] : await dataKeys.standings([after]);
      return dataKeys.madeBefore(milliseconds, standing?.newest?.order ?? '', limit);
    },
  };
};

const withoutAccount = (accountId: AccountId): KeyringUnavailable =>
  new KeyringUnavailable(
    'keyring-corrupt',
    `The keyring has data keys of account ${accountId}, but not the key that wraps them. Restore all collections of the keyring from one backup.`,
  );

const signing = (
  accounts: AccountCollection,
  database: KeyDatabase,
  now: () => number,
): Pick<Keyring, 'signer' | 'verifyingKeys' | 'renewSigningKey'> => {
  const keys = signingKeyCollection(database);
  return {
    signer: async (accountId: AccountId) => keys.ensure(await accounts.ensure(accountId), now()),
    renewSigningKey: async (accountId) => keys.renew(await accounts.ensure(accountId), now()),
    verifyingKeys: (accountId) => keys.list(accountId),
  };
};

const nameOf = ({ accountId, subject }: Subject): string => `${accountId}/${subject}`;

const byName = (subjects: readonly Subject[]): Map<string, Subject> =>
  new Map(subjects.map((subject) => [nameOf(subject), subject]));

const present = (key: DataKey | undefined): DataKey => {
  if (key === undefined) throw new Error('A key that was made is missing.');
  return key;
};
