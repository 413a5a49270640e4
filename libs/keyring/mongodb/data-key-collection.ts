import { MongoBulkWriteError, ObjectId } from 'mongodb';
import { isDuplicateKey } from '#libs/mongodb/index';
import type { OpenAccount } from '../account-keys.ts';
import type { DataKey, Subject } from '../port.ts';
import { newDataKey } from '../wrapped-data-key.ts';
import type { KeyDatabase } from './key-database.ts';
import { keyPlace, orderOf, subjectAt } from './key-place.ts';

/** `sealed` is the key's id and the wrapped key; a destroyed key has none, and its document stays. */
export type DataKeyDocument = { _id: string; order: string; sealed?: Uint8Array };

/** The newest key of a subject, if it ever had one, and the number that the next one gets. */
export type Standing = Readonly<{
  subject: Subject;
  next: number;
  newest?: DataKeyDocument;
}>;

export type DataKeyCollection = Readonly<{
  /** The standing of each subject, in order. */
  standings: (subjects: readonly Subject[]) => Promise<readonly Standing[]>;
  /** Makes the next key of each, durably: undefined where another process has made it. */
  make: (
    wanted: readonly Readonly<{ account: OpenAccount; standing: Standing }>[],
    now: number,
  ) => Promise<readonly (DataKey | undefined)[]>;
  /** Nothing happens when it is destroyed already. */
  destroy: (place: string) => Promise<void>;
  /** Keys made before the instant, in the order they were made, after the one with that order. */
  madeBefore: (milliseconds: number, after: string, limit: number) => Promise<readonly Subject[]>;
}>;

export const DATA_KEYS = 'keyring_data_keys';
/** Keys asked for at once: a request stays far below what a server takes. */
const AT_ONCE = 1_000;

/** The keys of people, in the database. Throws `KeyringUnavailable`. */
export const dataKeyCollection = ({ ask }: KeyDatabase): DataKeyCollection => {
  const documentsAt = async (
    places: readonly string[],
  ): Promise<ReadonlyMap<string, DataKeyDocument>> => {
    const found = new Map<string, DataKeyDocument>();
    for (const some of inPortions(places)) {
      const _id = some.length === 1 && some[0] !== undefined ? some[0] : { $in: some };
      const documents = await ask((database) =>
        database
          .collection<DataKeyDocument>(DATA_KEYS, { promoteBuffers: true })
          .find({ _id })
          .batchSize(AT_ONCE + 1)
          .toArray(),
      );
      for (const document of documents) found.set(document._id, document);
    }
    return found;
  };

  /** The places of the documents that were there already. */
  const insert = async (documents: readonly DataKeyDocument[]): Promise<ReadonlySet<string>> => {
    try {
      await ask((database) =>
        database
          .collection<DataKeyDocument>(DATA_KEYS)
          .insertMany([...documents], { ordered: false }),
      );
      return new Set();
    } catch (error) {
      if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error)) throw error;
      const refused = [error.writeErrors].flat();
      return new Set(refused.map(({ index }) => documents[index]?._id ?? ''));
    }
  };

  return {
    standings: async (subjects) => {
      const standings: Standing[] = subjects.map((subject) => ({ subject, next: 0 }));
      // A subject that was never destroyed, as nearly all are, is known after the first round.
      let open = standings.map((_, index) => index);
      for (let number = 0; open.length > 0; number += 1) {
        const places = subjects.map((subject) => keyPlace(subject, number));
        const documents = await documentsAt(open.map((index) => places[index] ?? ''));
        open = open.filter((index) => {
          const newest = documents.get(places[index] ?? '');
          const subject = subjects[index];
          if (newest === undefined || subject === undefined) return false;
          standings[index] = { subject, next: number + 1, newest };
          return newest.sealed === undefined;
        });
      }
      return standings;
    },
    make: async (wanted, now) => {
      const made = wanted.map(({ account, standing: { subject, next } }) => {
        const { key, wrapped } = newDataKey(account, subject.subject);
        const order = `${orderOf(now)}-${new ObjectId().toHexString()}`;
        return { key, document: { _id: keyPlace(subject, next), order, sealed: wrapped } };
      });
      const refused = new Set<string>();
      for (const some of inPortions(made)) {
        for (const place of await insert(some.map(({ document }) => document))) refused.add(place);
      }
      return made.map(({ key, document }) => (refused.has(document._id) ? undefined : key));
    },
    destroy: async (place) => {
      await ask((database) =>
        database
          .collection<DataKeyDocument>(DATA_KEYS)
          .updateOne({ _id: place }, { $unset: { sealed: '' } }),
      );
    },
    madeBefore: async (milliseconds, after, limit) => {
      const order = { $gt: after, $lt: orderOf(milliseconds) };
      const documents = await ask((database) =>
        database
          .collection<DataKeyDocument>(DATA_KEYS)
          .find({ order, sealed: { $exists: true } }, { projection: { _id: 1 } })
          .sort({ order: 1 })
          .limit(limit)
          .toArray(),
      );
      return documents.map(({ _id }) => subjectAt(_id));
    },
  };
};

const inPortions = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, portion) =>
    items.slice(portion * AT_ONCE, (portion + 1) * AT_ONCE),
  );
