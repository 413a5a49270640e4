import type { Db } from 'mongodb';
import type { Position } from '#domain/kernel/index';
import type { Document } from '../change.ts';
import { indexedFields } from '../indexed-fields.ts';
import type { Comparison, DocumentText, ModelRef, Query } from '../port.ts';
import { compileFind, filterOf } from './filter.ts';
import { documentsOf, generationRows } from './generation-list.ts';
import { documentIn, LIVE } from './stored-document.ts';

/** The questions of one generation. One that was dropped answers as an empty one. */
export type GenerationReader = Readonly<{
  get: (id: string) => Promise<Document | undefined>;
  getMany: (ids: readonly string[]) => Promise<readonly (Document | undefined)[]>;
  find: (query: Query) => Promise<readonly Document[]>;
  count: (where: readonly Comparison[]) => Promise<number>;
  checkpoint: () => Promise<Position | undefined>;
  scan: (after: string | undefined, limit: number) => Promise<readonly DocumentText[]>;
}>;

/** Reads whatever is there under the id. Throws `TypeError` on a field that no index declares. */
export const generationReader = (database: Db, model: ModelRef, id: string): GenerationReader => {
  const documents = documentsOf(database, id);
  const fields = indexedFields(model.indexes);
  return {
    get: async (each) => {
      const stored = await documents.findOne({ _id: each });
      return stored === null ? undefined : documentIn(stored);
    },
    getMany: async (ids) => {
      const stored = await documents.find({ _id: { $in: [...ids] } }).toArray();
      const known = new Map(stored.map((each) => [each._id, documentIn(each)]));
      return ids.map((each) => known.get(each));
    },
    find: async (query) => {
      const { filters, sort } = compileFind(fields, query);
      const found: (Document | undefined)[] = [];
      for (const filter of filters) {
        const wanted = query.limit - found.length;
        // MongoDB takes a limit of 0 for none.
        if (wanted <= 0) break;
        const stored = await documents.find(filter).sort(sort).limit(wanted).toArray();
        found.push(...stored.map(documentIn));
      }
      return found.filter((each) => each !== undefined);
    },
    count: (where) => documents.countDocuments(filterOf(fields, where)),
    checkpoint: async () => (await generationRows(database).findOne({ _id: id }))?.checkpoint,
    scan: async (after, limit) => {
      const stored = await documents
        .find({ _id: { $gt: after ?? '' }, [LIVE]: true })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return stored.map((each) => ({ id: each._id, text: JSON.stringify(documentIn(each)) }));
    },
  };
};
