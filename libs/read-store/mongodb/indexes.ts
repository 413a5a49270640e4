import type { Db, IndexDescription } from 'mongodb';
import { isArrayField } from '../indexed-fields.ts';
import type { ModelRef } from '../port.ts';
import { storedPath } from './filter.ts';
import { documentsOf, generationRows } from './generation-list.ts';
import { LIVE } from './stored-document.ts';

const keyOf = (index: readonly string[]): Record<string, 1> => {
  const fields = index.map((field) => (isArrayField(field) ? field.slice(0, -'[]'.length) : field));
  // By id at the end, as every page is.
  return Object.fromEntries([LIVE, ...fields.map(storedPath), '_id'].map((path) => [path, 1]));
};

/** The indexes in MongoDB that the declared ones need; each once. */
export const indexesOf = (model: ModelRef): IndexDescription[] => {
  const keys = new Map(model.indexes.map(keyOf).map((key) => [JSON.stringify(key), key]));
  return [...keys.values()].map((key, n) => ({ key, name: `index_${n}` }));
};

/** Builds the indexes, once; whoever was interrupted, or comes at the same time, does no harm. */
export const buildIndexes = async (database: Db, model: ModelRef, id: string): Promise<void> => {
  const indexes = indexesOf(model);
  if (indexes.length > 0) await documentsOf(database, id).createIndexes(indexes);
  await generationRows(database).updateOne({ _id: id }, { $set: { prepared: true } });
};
