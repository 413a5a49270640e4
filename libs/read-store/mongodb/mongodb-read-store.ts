import { isDuplicateKey, type Mongo } from '#libs/mongodb/index';
import { ForeignReadModels, type Generation, type ModelRef, type ReadStore } from '../port.ts';
import {
  addGeneration,
  discardOthers,
  dropEarlierVersions,
  generationRows,
  noteGeneration,
  promote,
  servingOrFirst,
} from './generation-list.ts';
import { BULK_MILLISECONDS, mongodbGeneration } from './mongodb-generation.ts';
import { servedModel } from './served-model.ts';
import { removeOldPositions } from './old-positions.ts';

type LogNote = { _id: 'log'; logId: string };

/**
 * Read models in collections of a MongoDB database, for any number of processes on any machines; several of them may
 * even fill one generation at once. Needs no transactions, and so no replica set. `mongo` stays open after `close`:
 * whoever opened it closes it.
 *
 * What `scrub` does: nothing that was deleted or overwritten is answered by the server any more from the moment of the
 * change, and positions kept of deleted documents are removed after an hour. What it cannot do: MongoDB has no
 * way to overwrite what its files, its journal and its oplog held before; these lose it as they are written over. So
 * where the disk itself must forget, encrypt it, and keep the oplog short.
 */
export const mongodbReadStore = ({ mongo }: Readonly<{ mongo: Mongo }>): ReadStore => {
  const { database } = mongo;
  const generations = new Map<string, Generation>();
  const generation = (model: ModelRef, id: string): Generation => {
    const known = generations.get(id) ?? mongodbGeneration(mongo, model, id);
    generations.set(id, known);
    return known;
  };
  return {
    belongTo: (logId) => mongo.attempt(() => claim(mongo, logId)),
    serving: async (model) => {
      const id = await mongo.attempt(async () => {
        const chosen = await servingOrFirst(database, model);
        if ((await generationRows(database).findOne({ _id: chosen })) === null) {
          await dropEarlierVersions(database, model);
          await noteGeneration(database, model, chosen);
        }
        return chosen;
      });
      const serving = generation(model, id);
      await serving.prepare();
      return serving;
    },
    begin: async (model) =>
      generation(model, await mongo.attempt(() => addGeneration(database, model))),
    promote: async (model, next) => {
      await next.prepare();
      return generation(model, await mongo.attempt(() => promote(database, model, next.id)));
    },
    discard: (model) => mongo.attempt(() => discardOthers(database, model), BULK_MILLISECONDS),
    model: (model) => servedModel(mongo, model),
    scrub: () => removeOldPositions(mongo),
    close: () => Promise.resolve(),
  };
};

const claim = async ({ database, place }: Mongo, logId: string): Promise<void> => {
  const notes = database.collection<LogNote>('read-models');
  try {
    await notes.insertOne({ _id: 'log', logId });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const owner = await notes.findOne({ _id: 'log' });
  if (owner?.logId === logId) return;
  throw new ForeignReadModels(
    `The read models in ${place} were made from another ledger. They are made again from this one: stop the program, drop the collections generations, serving, read-models and all whose names begin with read-model-, and start again.`,
  );
};
