import type { Position } from '#domain/kernel/index';
import type { Document } from '../change.ts';
import type { Comparison, Generation, ModelRef, Query } from '../port.ts';
import { compileCount, compileFind } from './compile-query.ts';
import type { Connection } from './connection.ts';
import { applyBatch, toDocument } from './documents.ts';
import { layoutOf, type Layout } from './layout.ts';

/** The questions of one generation, to be asked inside a transaction. */
export type GenerationReader = Readonly<{
  getMany: (ids: readonly string[]) => (Document | undefined)[];
  find: (query: Query) => Document[];
  count: (where: readonly Comparison[]) => number;
  checkpoint: () => Position | undefined;
  scan: (after: string | undefined, limit: number) => Document[];
}>;

export const generationReader = (
  connection: Connection,
  layout: Layout,
  id: number,
): GenerationReader => ({
  getMany: (ids) => {
    const select = connection.prepare(`SELECT body FROM ${layout.documents} WHERE id = ?`);
    return ids.map((each) => {
      const row = select.get(each);
      return row === undefined ? undefined : toDocument(row);
    });
  },
  find: (query) => {
    const found: Document[] = [];
    for (const { sql, values } of compileFind(layout, query)) {
      if (found.length >= query.limit) break;
      const rows = connection.prepare(sql).all(...values, query.limit - found.length);
      found.push(...rows.map(toDocument));
    }
    return found;
  },
  count: (where) => {
    const { sql, values } = compileCount(layout, where);
    return Number(connection.prepare(sql).get(...values)?.['documents']);
  },
  checkpoint: () => {
    const row = connection.prepare('SELECT checkpoint FROM generations WHERE id = ?').get(id);
    const checkpoint = row?.['checkpoint'];
    return typeof checkpoint === 'string' ? (checkpoint as Position) : undefined;
  },
  scan: (after, limit) =>
    connection
      .prepare(`SELECT body FROM ${layout.documents} WHERE id > ? ORDER BY id LIMIT ?`)
      .all(after ?? '', limit)
      .map(toDocument),
});

const isPrepared = (connection: Connection, id: number): boolean => {
  const row = connection.prepare('SELECT prepared FROM generations WHERE id = ?').get(id);
  if (row === undefined) throw new Error(`The generation ${id} of a read model was dropped.`);
  return row['prepared'] === 1;
};

/** Builds the indexes from the documents: sorted once, they cost a fraction of one by one. */
export const prepareIndexes = (connection: Connection, layout: Layout, id: number): void => {
  if (isPrepared(connection, id)) return;
  connection.exec(layout.index);
  connection.prepare('UPDATE generations SET prepared = 1 WHERE id = ?').run(id);
};

export const embeddedGeneration = (
  connection: Connection,
  model: ModelRef,
  id: number,
): Generation => {
  const layout = layoutOf(model, id);
  const reader = generationReader(connection, layout, id);
  const { read, write } = connection;
  const prepare = (): void => {
    if (!read(() => isPrepared(connection, id))) {
      write(() => prepareIndexes(connection, layout, id));
    }
  };
  return {
    id: String(id),
    get: async (each) => read(() => reader.getMany([each])[0]),
    getMany: async (ids) => read(() => reader.getMany(ids)),
    find: async (query) => {
      prepare();
      return read(() => reader.find(query));
    },
    count: async (where) => {
      prepare();
      return read(() => reader.count(where));
    },
    checkpoint: async () => read(reader.checkpoint),
    scan: async (after, limit) => read(() => reader.scan(after, limit)),
    prepare: async () => prepare(),
    apply: async (batch) =>
      write(() => {
        applyBatch(connection, layout, batch, {
          prepared: isPrepared(connection, id),
          derive: model.derive,
        });
        connection
          .prepare(
            'UPDATE generations SET checkpoint = ?1 WHERE id = ?2 AND (checkpoint IS NULL OR checkpoint < ?1)',
          )
          .run(batch.checkpoint, id);
      }),
    drop: async () => write(() => dropGeneration(connection, layout, id)),
  };
};

export const dropGeneration = (connection: Connection, layout: Layout, id: number): void => {
  // Zeroing every freed page would write the whole table once more, and a scrub follows anyway.
  connection.exec('PRAGMA secure_delete = FAST');
  try {
    connection.exec(layout.drop);
  } finally {
    connection.exec('PRAGMA secure_delete = ON');
  }
  connection.prepare('DELETE FROM generations WHERE id = ?').run(id);
};
