import { join } from 'node:path';
import {
  ForeignReadModels,
  type Generation,
  type ModelRef,
  type ReadModel,
  type ReadStore,
} from '../port.ts';
import { openConnection, type Connection } from './connection.ts';
import { embeddedGeneration, generationReader, type GenerationReader } from './generation.ts';
import {
  begin,
  discard,
  drop,
  promote,
  servingId,
  servingOrFirst,
  type GenerationList,
} from './generation-list.ts';
import { layoutOf } from './layout.ts';
import { OwnFiles } from './own-files.ts';
import { removeEarlierDocuments, scrubGeneration } from './scrub.ts';
import { sharedFile } from './shared-file.ts';

const FILE = 'read-models.sqlite';
/** Lists the generations of models with personal data, each of which has a file of its own. */
const PERSONAL_FILE = 'read-models-personal.sqlite';

/**
 * Read models in SQLite files, for any number of processes: one file for what holds nothing personal, and
 * one for each generation of a model that does. The files may be deleted while nothing runs: they are made
 * again from the ledger. Throws `DatabaseUnavailable` when one cannot be used.
 */
export const embeddedReadStore = ({ directory }: Readonly<{ directory: string }>): ReadStore => {
  const plain = openConnection(join(directory, FILE));
  const personal = openOther(plain, join(directory, PERSONAL_FILE));
  const shared: GenerationList = { connection: plain, place: sharedFile(plain) };
  const own: GenerationList = { connection: personal, place: new OwnFiles(directory) };
  const listOf = (model: ModelRef): GenerationList => (model.personal === true ? own : shared);
  const generations = new Map<string, Generation>();
  const generation = (model: ModelRef, id: number, isNew = false): Generation => {
    const key = `${model.name} ${model.version} ${id}`;
    const list = listOf(model);
    const parts = {
      model,
      id,
      place: list.place,
      isNew,
      drop: () => list.connection.write(() => drop(list, model, id)),
    };
    const known = generations.get(key) ?? embeddedGeneration(parts);
    generations.set(key, known);
    return known;
  };
  return {
    belongTo: async (logId) => {
      const owner = plain.read(() => logOf(plain)) ?? plain.writeDurably(() => claim(plain, logId));
      if (owner !== logId) throw foreign(directory);
    },
    serving: async (model) => generation(model, servingOrFirst(listOf(model), model)),
    begin: async (model) => generation(model, begin(listOf(model), model), true),
    promote: async (model, next) => {
      await next.prepare();
      return generation(model, promote(listOf(model), model, Number(next.id)));
    },
    discard: async (model) => discard(listOf(model), model),
    model: (model) => servedModel(listOf(model), model),
    scrub: async () => {
      await removeEarlierDocuments(personal);
      for (const id of servingIds(personal)) {
        const connection = own.place.connection(id);
        if (connection !== undefined) await scrubGeneration(connection, id);
      }
    },
    close: async () => {
      own.place.close();
      plain.close();
      personal.close();
    },
  };
};

const logOf = (connection: Connection): string | undefined => {
  const row = connection.prepare('SELECT log_id FROM log').get();
  return row && String(row['log_id']);
};

/** The first to say it decides. */
const claim = (connection: Connection, logId: string): string | undefined => {
  connection
    .prepare('INSERT INTO log (id, log_id) VALUES (1, ?) ON CONFLICT DO NOTHING')
    .run(logId);
  return logOf(connection);
};

const foreign = (directory: string): ForeignReadModels =>
  new ForeignReadModels(
    `The read models in ${directory} were made from another ledger. They are made again from this one: stop the program, delete the files whose names begin with read-models in that folder, and start again.`,
  );

const openOther = (first: Connection, path: string): Connection => {
  try {
    return openConnection(path);
  } catch (error) {
    first.close();
    throw error;
  }
};

/** One that is still being filled is scrubbed by whoever fills it, at the end. */
const servingIds = (connection: Connection): readonly number[] =>
  connection
    .prepare('SELECT id FROM generations WHERE serving = 1')
    .all()
    .map(({ id }) => Number(id));

/** Follows promotions: the list is asked each time. */
const servedModel = ({ connection, place }: GenerationList, model: ModelRef): ReadModel => {
  const ask = <T>(question: (reader: GenerationReader) => T, empty: T): T =>
    place.readTogether(() => {
      for (let missing: number | undefined; ;) {
        const id = servingId(connection, model);
        if (id === undefined || id === missing) return empty;
        const documents = place.connection(id);
        if (documents !== undefined) {
          return documents.read(() =>
            question(generationReader(documents, layoutOf(model, id), id)),
          );
        }
        // Another has been promoted and this one removed in between; if not, its file was deleted.
        missing = id;
      }
    });
  return {
    get: async (id) => ask(({ getMany }) => getMany([id])[0], undefined),
    getMany: async (ids) =>
      ask(
        ({ getMany }) => getMany(ids),
        ids.map(() => undefined),
      ),
    find: async (query) => ask(({ find }) => find(query), []),
    count: async (where) => ask(({ count }) => count(where), 0),
    checkpoint: async () => ask(({ checkpoint }) => checkpoint(), undefined),
  };
};
