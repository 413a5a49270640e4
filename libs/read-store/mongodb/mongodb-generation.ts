import type { Mongo } from '#libs/mongodb/index';
import { unseen } from '../draft.ts';
import { indexedFields } from '../indexed-fields.ts';
import type { Batch, Generation, ModelRef } from '../port.ts';
import { prepareBatch } from './apply-batch.ts';
import {
  documentsOf,
  dropGeneration,
  generationRows,
  type GenerationRow,
} from './generation-list.ts';
import { generationReader } from './generation-reader.ts';
import { buildIndexes } from './indexes.ts';

const HOUR_MILLISECONDS = 3_600_000;
/** A batch, or a page for comparison, is thousands of documents: a busy server takes its time, and nobody waits for it. */
export const BULK_MILLISECONDS = 60_000;
/** Positions of what was deleted are kept for longer than this: then nobody late can bring it back. */
const LATE_MILLISECONDS = 10 * 60_000;

const dropped = (id: string): Error =>
  new Error(`The generation ${id} of a read model was dropped.`);

/** One generation, for any number of processes. Throws `MongoUnavailable`, and an error once it was dropped. */
export const mongodbGeneration = (mongo: Mongo, model: ModelRef, id: string): Generation => {
  const { database } = mongo;
  const documents = documentsOf(database, id);
  const reader = generationReader(database, model, id);
  const keeping = { fields: indexedFields(model.indexes), derive: model.derive };
  const mustBe = async (): Promise<GenerationRow> => {
    const row = await generationRows(database).findOne({ _id: id });
    if (row === null) throw dropped(id);
    return row;
  };
  const ask = <T>(question: () => Promise<T>, withinMilliseconds?: number): Promise<T> =>
    mongo.attempt(async () => {
      const [answer] = await Promise.all([question(), mustBe()]);
      return answer;
    }, withinMilliseconds);
  let isPrepared = false;
  const prepare = async (): Promise<void> => {
    if (isPrepared) return;
    const { prepared } = await mongo.attempt(mustBe);
    if (!prepared) {
      await mongo.attempt(() => buildIndexes(database, model, id), HOUR_MILLISECONDS);
    }
    isPrepared = true;
  };
  const applyOnce = async (batch: Batch): Promise<boolean> => {
    const startedAt = Date.now();
    const { checkpoint } = await mustBe();
    const { deletes, write } = await prepareBatch(documents, keeping, unseen(batch, checkpoint));
    if (Date.now() - startedAt > LATE_MILLISECONDS) return false;
    const row = generationRows(database);
    // Before the documents: a scrub must not miss what an interrupted batch left.
    if (deletes) await row.updateOne({ _id: id }, { $max: { deletedAt: new Date() } });
    await write();
    const { matchedCount } = await row.updateOne(
      { _id: id },
      { $max: { checkpoint: batch.checkpoint } },
    );
    if (matchedCount > 0) return true;
    // The writes may have made its collection again.
    await dropGeneration(database, id);
    throw dropped(id);
  };
  return {
    id,
    get: (each) => ask(() => reader.get(each)),
    getMany: (ids) => ask(() => reader.getMany(ids)),
    find: async (query) => {
      await prepare();
      return ask(() => reader.find(query));
    },
    count: async (where) => {
      await prepare();
      return ask(() => reader.count(where));
    },
    checkpoint: async () => (await mongo.attempt(mustBe)).checkpoint,
    scan: (after, limit) => ask(() => reader.scan(after, limit), BULK_MILLISECONDS),
    // The documents come over the network in any case.
    equals: async () => false,
    prepare,
    apply: async (batch) => {
      while (!(await mongo.attempt(() => applyOnce(batch), BULK_MILLISECONDS)));
    },
    drop: () => mongo.attempt(() => dropGeneration(database, id), BULK_MILLISECONDS),
  };
};
