import type { AccountId } from '#domain/kernel/index';
import { isDuplicateKey } from '#libs/mongodb/index';
import {
  accountWrappingKey,
  newAccountKey,
  openAccount,
  type OpenAccount,
} from '../account-keys.ts';
import type { KeyDatabase } from './key-database.ts';
import { untilSettled } from './until-settled.ts';

export type AccountDocument = { _id: string; wrapped: Uint8Array };

export type AccountCollection = Readonly<{
  find: (accountId: AccountId) => Promise<OpenAccount | undefined>;
  /** Durable when resolved; all who ask get the same. */
  ensure: (accountId: AccountId) => Promise<OpenAccount>;
}>;

export const ACCOUNTS = 'keyring_accounts';

/** The accounts of a keyring and their keys, in the database. Throws `KeyringUnavailable`. */
export const accountCollection = ({ ask }: KeyDatabase, rootKey: Uint8Array): AccountCollection => {
  const wrappingKey = accountWrappingKey(rootKey);
  // Account keys are never destroyed or replaced, so what was read once stays true.
  const known = new Map<AccountId, OpenAccount>();

  const find = async (accountId: AccountId): Promise<OpenAccount | undefined> => {
    const account = known.get(accountId);
    if (account !== undefined) return account;
    const document = await ask((database) =>
      database
        .collection<AccountDocument>(ACCOUNTS, { promoteBuffers: true })
        .findOne({ _id: accountId }),
    );
    if (document === null) return undefined;
    const opened = known.get(accountId) ?? openAccount(wrappingKey, accountId, document.wrapped);
    known.set(accountId, opened);
    return opened;
  };

  const insert = async (accountId: AccountId): Promise<void> => {
    const wrapped = newAccountKey(wrappingKey, accountId);
    try {
      await ask((database) =>
        database.collection<AccountDocument>(ACCOUNTS).insertOne({ _id: accountId, wrapped }),
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  };

  return {
    find,
    ensure: async (accountId) =>
      (await find(accountId)) ??
      untilSettled(async () => {
        await insert(accountId);
        return find(accountId);
      }),
  };
};
