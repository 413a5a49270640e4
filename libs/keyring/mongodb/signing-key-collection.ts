import type { AccountId } from '#domain/kernel/index';
import { isDuplicateKey } from '#libs/mongodb/index';
import type { OpenAccount } from '../account-keys.ts';
import type { Signer, VerifyingKey } from '../port.ts';
import { newSigningKey, openSigningKey } from '../wrapped-signing-key.ts';
import type { KeyDatabase } from './key-database.ts';
import { untilSettled } from './until-settled.ts';

/** `sealed` is the wrapped private half; a retired key has none. The account's keys are numbered from 0. */
export type SigningKeyDocument = {
  _id: string;
  account: string;
  number: number;
  made: number;
  retired?: number;
  public: Uint8Array;
  sealed?: Uint8Array;
};

export type SigningKeyCollection = Readonly<{
  /** The signer of the key in force, made where there is none. Durable when resolved. */
  ensure: (account: OpenAccount, now: number) => Promise<Signer>;
  /** Destroys the private half of the key in force, and makes the next. */
  renew: (account: OpenAccount, now: number) => Promise<Signer>;
  /** All keys, the oldest first. */
  list: (accountId: AccountId) => Promise<readonly VerifyingKey[]>;
}>;

export const SIGNING_KEYS = 'keyring_signing_keys';

/** The keys that sign for accounts, in the database. Throws `KeyringUnavailable`. */
export const signingKeyCollection = ({ ask }: KeyDatabase): SigningKeyCollection => {
  const documentsOf = (accountId: AccountId): Promise<readonly SigningKeyDocument[]> =>
    ask((database) =>
      database
        .collection<SigningKeyDocument>(SIGNING_KEYS, { promoteBuffers: true })
        .find({ account: accountId })
        .sort({ number: 1 })
        .toArray(),
    );

  /** Undefined when another process has made the key of this number. */
  const make = async (
    account: OpenAccount,
    number: number,
    now: number,
  ): Promise<Signer | undefined> => {
    const { signer, publicKey, wrapped } = newSigningKey(account);
    const document: SigningKeyDocument = {
      _id: `${account.accountId}/${String(number)}`,
      account: account.accountId,
      number,
      made: now,
      public: publicKey,
      sealed: wrapped,
    };
    try {
      await ask((database) =>
        database.collection<SigningKeyDocument>(SIGNING_KEYS).insertOne(document),
      );
      return signer;
    } catch (error) {
      if (isDuplicateKey(error)) return undefined;
      throw error;
    }
  };

  const retire = async (document: SigningKeyDocument, now: number): Promise<void> => {
    await ask((database) =>
      database
        .collection<SigningKeyDocument>(SIGNING_KEYS)
        .updateOne(
          { _id: document._id, retired: { $exists: false } },
          { $set: { retired: now }, $unset: { sealed: '' } },
        ),
    );
  };

  return {
    ensure: (account, now) =>
      untilSettled(async () => {
        const newest = (await documentsOf(account.accountId)).at(-1);
        if (newest?.sealed !== undefined) {
          return openSigningKey(account, newest.public, newest.sealed);
        }
        return make(account, (newest?.number ?? -1) + 1, now);
      }),
    renew: (account, now) =>
      untilSettled(async () => {
        const newest = (await documentsOf(account.accountId)).at(-1);
        if (newest?.sealed !== undefined) await retire(newest, now);
        return make(account, (newest?.number ?? -1) + 1, now);
      }),
    list: async (accountId) =>
      (await documentsOf(accountId)).map((document) => ({
        publicKey: document.public,
        madeAt: document.made,
        ...(document.retired !== undefined && { retiredAt: document.retired }),
      })),
  };
};
