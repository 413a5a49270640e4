import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Generation, ModelRef, ReadModel, ReadStore } from '../port.ts';
import { BUSY_TIMEOUT_MILLISECONDS, openConnection, type Connection } from './connection.ts';
import {
  dropGeneration,
  embeddedGeneration,
  generationReader,
  prepareIndexes,
  type GenerationReader,
} from './generation.ts';
import { layoutOf } from './layout.ts';

const FILE = 'read-models.sqlite';
/** Apart from the rest, as a scrub writes the whole file anew. */
const PERSONAL_FILE = 'read-models-personal.sqlite';
const SCRUB_TIMEOUT_MILLISECONDS = 60_000;
const SCRUB_PAUSE_MILLISECONDS = 20;

/**
 * Read models in two SQLite files, one of them for personal data, for any number of processes. The files
 * may be deleted while nothing runs: they are made again from the ledger. Throws `DatabaseUnavailable` when
 * one cannot be used.
 */
export const embeddedReadStore = (options: Readonly<{ directory: string }>): ReadStore => {
  const plain = openConnection(join(options.directory, FILE));
  const personal = openOther(plain, join(options.directory, PERSONAL_FILE));
  const connectionOf = (model: ModelRef): Connection =>
    model.personal === true ? personal : plain;
  const generations = new Map<string, Generation>();
  const generation = (model: ModelRef, id: number): Generation => {
    const key = `${model.name} ${model.version} ${id}`;
    const known = generations.get(key) ?? embeddedGeneration(connectionOf(model), model, id);
    generations.set(key, known);
    return known;
  };
  return {
    serving: async (model) => {
      const connection = connectionOf(model);
      const id = connection.read(() => servingId(connection, model));
      return generation(model, id ?? connection.write(() => firstGeneration(connection, model)));
    },
    begin: async (model) => {
      const connection = connectionOf(model);
      return generation(
        model,
        connection.write(() => insertGeneration(connection, model, {})),
      );
    },
    promote: async (model, next) => {
      const connection = connectionOf(model);
      return generation(
        model,
        connection.write(() => promote(connection, model, Number(next.id))),
      );
    },
    discard: async (model) => {
      const connection = connectionOf(model);
      connection.write(() => discard(connection, model));
    },
    model: (model) => servedModel(connectionOf(model), model),
    scrub: () => scrub(personal),
    close: async () => {
      plain.close();
      personal.close();
    },
  };
};

const openOther = (first: Connection, path: string): Connection => {
  try {
    return openConnection(path);
  } catch (error) {
    first.close();
    throw error;
  }
};

const servingId = (connection: Connection, model: ModelRef): number | undefined => {
  const row = connection
    .prepare('SELECT id, indexes FROM generations WHERE model = ? AND version = ? AND serving = 1')
    .get(model.name, model.version);
  if (row === undefined) return undefined;
  if (row['indexes'] !== JSON.stringify(model.indexes)) {
    throw new Error(
      `The indexes of the read model ${model.name} changed: raise its version above ${model.version}.`,
    );
  }
  return Number(row['id']);
};

type Flags = Readonly<{ serving?: true }>;

const insertGeneration = (connection: Connection, model: ModelRef, flags: Flags): number => {
  const { lastInsertRowid } = connection
    .prepare('INSERT INTO generations (model, version, indexes, serving) VALUES (?, ?, ?, ?)')
    .run(model.name, model.version, JSON.stringify(model.indexes), flags.serving ? 1 : 0);
  const id = Number(lastInsertRowid);
  connection.exec(layoutOf(model, id).create);
  return id;
};

/** Makes the generation that serves a version first, and drops the versions before: they hold personal data. */
const firstGeneration = (connection: Connection, model: ModelRef): number => {
  // Another process may have been faster.
  const known = servingId(connection, model);
  if (known !== undefined) return known;
  dropWhere(connection, model, 'version < ?');
  const id = insertGeneration(connection, model, { serving: true });
  prepareIndexes(connection, layoutOf(model, id), id);
  return id;
};

const discard = (connection: Connection, model: ModelRef): void =>
  dropWhere(connection, model, 'version = ? AND serving = 0');

const dropWhere = (connection: Connection, model: ModelRef, condition: string): void => {
  const rows = connection
    .prepare(`SELECT id, version, indexes FROM generations WHERE model = ? AND ${condition}`)
    .all(model.name, model.version);
  for (const row of rows) {
    const indexes = JSON.parse(String(row['indexes'])) as ModelRef['indexes'];
    const id = Number(row['id']);
    dropGeneration(connection, layoutOf({ ...model, indexes }, id), id);
  }
};

const promote = (connection: Connection, model: ModelRef, next: number): number => {
  const previous = servingId(connection, model);
  if (previous === undefined) throw new Error(`No generation of ${model.name} serves yet.`);
  prepareIndexes(connection, layoutOf(model, next), next);
  connection.prepare('UPDATE generations SET serving = 0 WHERE id = ?').run(previous);
  connection.prepare('UPDATE generations SET serving = 1 WHERE id = ?').run(next);
  return previous;
};

/** Pointer and documents are read in one snapshot, so a promotion in between cannot be noticed. */
const servedModel = (connection: Connection, model: ModelRef): ReadModel => {
  let served: { id: number; reader: GenerationReader } | undefined;
  const ask = <T>(question: (reader: GenerationReader) => T, empty: T): T =>
    connection.read(() => {
      const id = servingId(connection, model);
      if (id === undefined) return empty;
      if (served?.id !== id) {
        served = { id, reader: generationReader(connection, layoutOf(model, id), id) };
      }
      return question(served.reader);
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

/**
 * Writes the file anew and cuts the write-ahead log to nothing. `secure_delete` alone is not enough: when
 * SQLite moves rows between pages it leaves copies in the unused part of a page, which stay when the row
 * itself is overwritten. Waits until nobody reads an older snapshot; throws when that takes too long.
 */
const scrub = async (connection: Connection): Promise<void> => {
  connection.exec('VACUUM');
  const deadline = Date.now() + SCRUB_TIMEOUT_MILLISECONDS;
  while (!truncated(connection)) {
    if (Date.now() > deadline) {
      throw new Error(`${connection.path} could not be scrubbed: other processes keep reading it.`);
    }
    await pause(SCRUB_PAUSE_MILLISECONDS);
  }
};

const truncated = (connection: Connection): boolean => {
  // Waiting for readers inside SQLite would block this thread.
  connection.exec('PRAGMA busy_timeout = 0');
  try {
    return connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  } finally {
    connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MILLISECONDS}`);
  }
};
