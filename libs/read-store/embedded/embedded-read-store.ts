import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Generation, ModelRef, ReadModel, ReadStore } from '../port.ts';
import { openConnection, type Connection } from './connection.ts';
import {
  dropGeneration,
  embeddedGeneration,
  generationReader,
  prepareIndexes,
  type GenerationReader,
} from './generation.ts';
import { layoutOf } from './layout.ts';

const FILE = 'read-models.sqlite';
const SCRUB_TIMEOUT_MILLISECONDS = 60_000;
const SCRUB_PAUSE_MILLISECONDS = 20;

/**
 * Read models in one SQLite file, for any number of processes. They hold personal data in clear, so what
 * is deleted is overwritten. The file may be deleted while nothing runs: it is made again from the ledger.
 * Throws `DatabaseUnavailable` when the file cannot be used.
 */
export const embeddedReadStore = (options: Readonly<{ directory: string }>): ReadStore => {
  const connection = openConnection(join(options.directory, FILE));
  const { read, write } = connection;
  const generations = new Map<string, Generation>();
  const generation = (model: ModelRef, id: number): Generation => {
    const key = `${model.name} ${model.version} ${id}`;
    const known = generations.get(key) ?? embeddedGeneration(connection, model, id);
    generations.set(key, known);
    return known;
  };
  return {
    serving: async (model) => {
      const id = read(() => servingId(connection, model));
      return generation(model, id ?? write(() => firstGeneration(connection, model)));
    },
    begin: async (model) =>
      generation(
        model,
        write(() => insertGeneration(connection, model, {})),
      ),
    promote: async (model, next) => {
      const previous = write(() => promote(connection, model, Number(next.id)));
      return generation(model, previous);
    },
    discard: async (model) => write(() => discard(connection, model)),
    model: (model) => servedModel(connection, model),
    scrub: () => scrub(connection),
    close: async () => connection.close(),
  };
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
 * Copies the write-ahead log back and cuts it to nothing. `secure_delete` has overwritten what was deleted
 * in the file itself. Waits until nobody reads an older snapshot; throws when that takes too long.
 */
const scrub = async (connection: Connection): Promise<void> => {
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
    connection.exec('PRAGMA busy_timeout = 60000');
  }
};
