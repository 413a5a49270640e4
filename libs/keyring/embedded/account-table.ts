import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#domain/kernel/index';
import {
  accountWrappingKey,
  newAccountKey,
  openAccount,
  type OpenAccount,
} from '../account-keys.ts';

/** An account and the row that it stands in. */
export type Account = OpenAccount & Readonly<{ id: number }>;

export type AccountTable = Readonly<{
  find: (accountId: AccountId) => Account | undefined;
  byRow: (id: number) => Account | undefined;
  /** Only inside a write transaction; call `forget` when it is rolled back. */
  ensure: (accountId: AccountId) => Account;
  forget: () => void;
}>;

/** The accounts of a keyring and their keys, in its file. */
export const accountTable = (database: DatabaseSync, rootKey: Uint8Array): AccountTable => {
  const wrappingKey = accountWrappingKey(rootKey);
  // Account keys are never destroyed or replaced, so what was read once stays true.
  const known = new Map<AccountId, Account>();
  const select = database.prepare('SELECT id, wrapped FROM account WHERE account = ?');
  const selectById = database.prepare('SELECT account FROM account WHERE id = ?');
  const insert = database.prepare('INSERT INTO account (account, wrapped) VALUES (?, ?)');

  const unwrapped = (accountId: AccountId, id: number, wrapped: Uint8Array): Account => {
    const account = { id, ...openAccount(wrappingKey, accountId, wrapped) };
    known.set(accountId, account);
    return account;
  };

  const find = (accountId: AccountId): Account | undefined => {
    const account = known.get(accountId);
    if (account !== undefined) return account;
    const row = select.get(accountId) as { id: number; wrapped: Uint8Array } | undefined;
    return row && unwrapped(accountId, row.id, row.wrapped);
  };

  return {
    find,
    forget: () => {
      known.clear();
    },
    byRow: (id) => {
      const row = selectById.get(id) as { account: AccountId } | undefined;
      return row && find(row.account);
    },
    ensure: (accountId) => {
      const account = find(accountId);
      if (account !== undefined) return account;
      const wrapped = newAccountKey(wrappingKey, accountId);
      const { lastInsertRowid } = insert.run(accountId, wrapped);
      return unwrapped(accountId, Number(lastInsertRowid), wrapped);
    },
  };
};
