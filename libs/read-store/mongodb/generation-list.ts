import type { Collection, Db } from 'mongodb';
import { randomUUID } from 'node:crypto';
import type { Position } from '#domain/kernel/index';
import { isDuplicateKey } from '#libs/mongodb/index';
import type { ModelRef } from '../port.ts';
import type { StoredDocument } from './stored-document.ts';

/** What is noted of a generation beside its documents. */
export type GenerationRow = {
  _id: string;
  model: string;
  version: number;
  checkpoint?: Position;
  /** The indexes that queries need are built. */
  prepared: boolean;
  /** When something was deleted last whose position is still kept; unset where there is none. */
  deletedAt?: Date;
};

/** Which generation of a model serves. */
export type ServingRow = {
  _id: string;
  model: string;
  version: number;
  generation: string;
  indexes: string;
};

const DOCUMENTS = 'read-model-';

/** The list of all generations. */
export const generationRows = (database: Db): Collection<GenerationRow> =>
  database.collection('generations');

const servingRows = (database: Db): Collection<ServingRow> => database.collection('serving');

/** The collection that holds the documents of a generation. */
export const documentsOf = (database: Db, generation: string): Collection<StoredDocument> =>
  database.collection(`${DOCUMENTS}${generation}`);

const keyOf = ({ name, version }: ModelRef): string => `${name} ${version}`;

/** The generation that serves; undefined while there is none. */
export const servingId = async (database: Db, model: ModelRef): Promise<string | undefined> => {
  const row = await servingRows(database).findOne({ _id: keyOf(model) });
  if (row === null) return undefined;
  if (row.indexes !== JSON.stringify(model.indexes)) {
    throw new Error(
      `The indexes of the read model ${model.name} changed: raise its version above ${model.version}.`,
    );
  }
  return row.generation;
};

/** Sorted by age, and telling by its name what it is of. */
const newId = ({ name, version }: ModelRef): string => `${name}-v${version}-${randomUUID()}`;

/** The first to say which generation serves decides. Its row may have to be made still. */
export const servingOrFirst = async (database: Db, model: ModelRef): Promise<string> => {
  const known = await servingId(database, model);
  if (known !== undefined) return known;
  const { name, version, indexes } = model;
  try {
    await servingRows(database).insertOne({
      _id: keyOf(model),
      model: name,
      version,
      generation: newId(model),
      indexes: JSON.stringify(indexes),
    });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const chosen = await servingId(database, model);
  if (chosen === undefined) throw new Error(`No generation of ${name} serves any more.`);
  return chosen;
};

/** Notes a generation, unless it is noted already. */
export const noteGeneration = async (database: Db, model: ModelRef, id: string): Promise<void> => {
  const row = { _id: id, model: model.name, version: model.version, prepared: false };
  try {
    await generationRows(database).insertOne(row);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
};

/** A new generation of the model, on the list and empty; its id. */
export const addGeneration = async (database: Db, model: ModelRef): Promise<string> => {
  const id = newId(model);
  await noteGeneration(database, model, id);
  return id;
};

/** The generation serves from now on; the one that served before is returned. */
export const promote = async (database: Db, model: ModelRef, next: string): Promise<string> => {
  const before = await servingRows(database).findOneAndUpdate(
    { _id: keyOf(model) },
    { $set: { generation: next } },
    { returnDocument: 'before' },
  );
  if (before === null) throw new Error(`No generation of ${model.name} serves yet.`);
  return before.generation;
};

/** First off the list, so that nobody takes what is half removed for whole. */
export const dropGeneration = async (database: Db, id: string): Promise<void> => {
  await generationRows(database).deleteOne({ _id: id });
  await documentsOf(database, id).drop();
};

/** The versions before hold personal data that nobody asks for any more. */
export const dropEarlierVersions = async (database: Db, model: ModelRef): Promise<void> => {
  const earlier = { model: model.name, version: { $lt: model.version } };
  const rows = await generationRows(database).find(earlier).toArray();
  if (rows.length === 0) return;
  await servingRows(database).deleteMany(earlier);
  for (const { _id: id } of rows) await dropGeneration(database, id);
};

/** Drops what does not serve of the model, and documents that no list knows: a write that came late made them. */
export const discardOthers = async (database: Db, model: ModelRef): Promise<void> => {
  const collections = await database.listCollections({}, { nameOnly: true }).toArray();
  const rows = await generationRows(database).find({}).toArray();
  // Looked up last: whatever begins to serve is noted there before it has a row.
  const serving = await servingId(database, model);
  const known = new Set(rows.map(({ _id: id }) => `${DOCUMENTS}${id}`));
  for (const { _id: id, model: name, version } of rows) {
    const isOfModel = name === model.name && version === model.version;
    if (isOfModel && id !== serving) await dropGeneration(database, id);
  }
  for (const { name } of collections) {
    if (name.startsWith(DOCUMENTS) && !known.has(name)) await database.dropCollection(name);
  }
};
