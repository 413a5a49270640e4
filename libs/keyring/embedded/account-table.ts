import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#domain/kernel/index';
import { open, seal } from '#libs/crypto/aead';
import { randomBytesOf } from '#libs/crypto/random';
import { deriveKey } from '../derive-key.ts';
import { KeyringUnavailable, type AccountKeys } from '../port.ts';

/** An account as the keyring knows it. Its keys are the same objects for as long as the process lives. */
export type Account = Readonly<{
  id: number;
  accountId: AccountId;
  keys: AccountKeys;
  /** Wraps the data keys. */
  wrappingKey: Uint8Array;
  /** Wraps the private keys that sign for the account. */
  signingWrappingKey: Uint8Array;
}>;

export type AccountTable = Readonly<{
  find: (accountId: AccountId) => Account | undefined;
  byRow: (id: number) => Account | undefined;
  /** Only inside a write transaction; call `forget` when it is rolled back. */
  ensure: (accountId: AccountId) => Account;
  forget: () => void;
}>;

export const accountTable = (database: DatabaseSync, rootKey: Uint8Array): AccountTable => {
  const wrappingKey = deriveKey(rootKey, 'wrap-account-keys');
  // Account keys are never destroyed or replaced, so what was read once stays true.
  const known = new Map<AccountId, Account>();
  const select = database.prepare('SELECT id, wrapped FROM account WHERE account = ?');
  const selectById = database.prepare('SELECT account FROM account WHERE id = ?');
  const insert = database.prepare('INSERT INTO account (account, wrapped) VALUES (?, ?)');

  const unwrapped = (accountId: AccountId, id: number, wrapped: Uint8Array): Account => {
    const accountKey = open(wrappingKey, wrapped, Buffer.from(accountId));
    if (accountKey === undefined) {
      throw new KeyringUnavailable(
        'keyring-corrupt',
        `The key of account ${accountId} in the keyring is damaged. Restore keyring.sqlite from a backup.`,
      );
    }
    const account = {
      id,
      accountId,
      wrappingKey: deriveKey(accountKey, 'wrap-data-keys'),
      signingWrappingKey: deriveKey(accountKey, 'wrap-signing-keys'),
      keys: {
        identity: deriveKey(accountKey, 'identity'),
        cursor: deriveKey(accountKey, 'cursor'),
      },
    };
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
      const wrapped = seal(wrappingKey, randomBytesOf(32), Buffer.from(accountId));
      const { lastInsertRowid } = insert.run(accountId, wrapped);
      return unwrapped(accountId, Number(lastInsertRowid), wrapped);
    },
  };
};
