import { ObjectId, type Collection, type Document } from 'mongodb';
import { AccountId } from '#domain/kernel/index';
import type { Mongo } from '#libs/mongodb/index';
import type { WrappedKeys } from '../copying/wrapped-keys.ts';
import { ACCOUNTS, type AccountDocument } from './account-collection.ts';
import { DATA_KEYS, dataKeyCollection, type DataKeyDocument } from './data-key-collection.ts';
import { keyDatabase } from './key-database.ts';
import { keyPlace, madeAtOf, orderOf, subjectAt } from './key-place.ts';
import { keyringNotes } from './keyring-notes.ts';
import { SIGNING_KEYS, type SigningKeyDocument } from './signing-key-collection.ts';

type Asking<D extends Document> = <T>(
  work: (collection: Collection<D>) => Promise<T>,
) => Promise<T>;

/** The keys in a database, as one copies them. `mongo` stays open. Throws `KeyringUnavailable`. */
export const mongoWrappedKeys = ({ mongo }: Readonly<{ mongo: Mongo }>): WrappedKeys => {
  const keys = keyDatabase(mongo);
  const notes = keyringNotes(keys);
  const { standings } = dataKeyCollection(keys);
  const options = { promoteBuffers: true };
  const accounts: Asking<AccountDocument> = (work) =>
    keys.ask((database) => work(database.collection(ACCOUNTS, options)));
  const dataKeys: Asking<DataKeyDocument> = (work) =>
    keys.ask((database) => work(database.collection(DATA_KEYS, options)));
  const signingKeys: Asking<SigningKeyDocument> = (work) =>
    keys.ask((database) => work(database.collection(SIGNING_KEYS, options)));

  return {
    place: mongo.place,
    owner: async () => {
      const [rootFingerprint, ledgerId] = [await notes.find('root'), await notes.find('ledger')];
      return {
        ...(rootFingerprint !== undefined && { rootFingerprint }),
        ...(ledgerId !== undefined && { ledgerId }),
      };
    },
    accountKeys: async () => {
      const found = await accounts((collection) => collection.find().sort({ _id: 1 }).toArray());
      return found.map(({ _id, wrapped }) => ({ accountId: AccountId.parse(_id), wrapped }));
    },
    signingKeys: async () => {
      const found = await signingKeys((collection) =>
        collection.find().sort({ account: 1, number: 1 }).toArray(),
      );
      return found.map(({ account, made, retired, public: publicKey, sealed }) => ({
        accountId: AccountId.parse(account),
        publicKey,
        madeAt: made,
        ...(retired !== undefined && { retiredAt: retired }),
        ...(sealed !== undefined && { wrapped: sealed }),
      }));
    },
    dataKeys: async (after = '', limit) => {
      const found = await dataKeys((collection) =>
        collection
          .find({ order: { $gt: after }, sealed: { $exists: true } })
          .sort({ order: 1 })
          .limit(limit)
          .toArray(),
      );
      const last = found.length < limit ? undefined : found.at(-1);
      const page = found.flatMap(({ _id, order, sealed }) =>
        sealed === undefined
          ? []
          : [{ ...subjectAt(_id), madeAt: madeAtOf(order), wrapped: sealed }],
      );
      return { keys: page, ...(last && { next: last.order }) };
    },
    findDataKeys: async (subjects) =>
      (await standings(subjects)).map(({ newest }) => newest?.sealed),
    countDataKeys: () =>
      dataKeys((collection) => collection.countDocuments({ sealed: { $exists: true } })),
    begin: () => notes.forget('root'),
    keepAccountKeys: async (given) => {
      if (given.length === 0) return;
      const documents = given.map(({ accountId, wrapped }) => ({ _id: accountId, wrapped }));
      await accounts((collection) => collection.insertMany(documents));
    },
    keepSigningKeys: async (given) => {
      const documents = given.map(
        ({
          accountId,
          publicKey,
          madeAt,
          retiredAt,
          wrapped,
        }): Omit<SigningKeyDocument, '_id' | 'number'> => ({
          account: accountId,
          made: madeAt,
          public: publicKey,
          ...(retiredAt !== undefined && { retired: retiredAt }),
          ...(wrapped !== undefined && { sealed: wrapped }),
        }),
      );
      await signingKeys(async (collection) => {
        for (const document of documents) {
          const number = await collection.countDocuments({ account: document.account });
          const _id = `${document.account}/${String(number)}`;
          await collection.insertOne({ ...document, _id, number });
        }
      });
    },
    keepDataKeys: async (given) => {
      const documents = given.map((key) => ({
        _id: keyPlace(key, 0),
        order: `${orderOf(key.madeAt)}-${new ObjectId().toHexString()}`,
        sealed: key.wrapped,
      }));
      await dataKeys((collection) => collection.insertMany(documents, { ordered: false }));
    },
    complete: async ({ rootFingerprint, ledgerId }) => {
      if (ledgerId !== undefined) await notes.settle('ledger', ledgerId);
      await notes.settle('root', rootFingerprint);
    },
    close: async () => {
      keys.close();
    },
  };
};
