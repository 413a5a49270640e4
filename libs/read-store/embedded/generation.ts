import { setImmediate } from 'node:timers/promises';
import type { Position } from '#domain/kernel/index';
import type { Document } from '../change.ts';
import { unseen } from '../draft.ts';
import type { Batch, Comparison, DocumentText, Generation, ModelRef, Query } from '../port.ts';
import { isSteady, partsOf } from './batch-parts.ts';
import { compileCount, compileFind } from './compile-query.ts';
import type { Connection } from './connection.ts';
import { applyBatch, toDocument } from './documents.ts';
import type { DocumentsPlace } from './documents-place.ts';
import { generationRow, noteBatch, notePrepared } from './generation-row.ts';
import { layoutOf, type Layout } from './layout.ts';
import { haveSameTexts, type DocumentsTable } from './same-texts.ts';
import { SeenIds } from './seen-ids.ts';

/** The questions of one generation, to be asked inside a transaction. */
export type GenerationReader = Readonly<{
  getMany: (ids: readonly string[]) => (Document | undefined)[];
  find: (query: Query) => Document[];
  count: (where: readonly Comparison[]) => number;
  checkpoint: () => Position | undefined;
  scan: (after: string | undefined, limit: number) => DocumentText[];
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
  checkpoint: () => generationRow(connection, id).checkpoint,
  scan: (after, limit) => {
    const select = connection.prepare(
      `SELECT id, body FROM ${layout.documents} WHERE id > ? ORDER BY id LIMIT ?`,
    );
    // Rows as arrays come twice as fast.
    select.setReturnArrays(true);
    const rows = select.all(after ?? '', limit) as unknown as [id: string, body: string][];
    return rows.map(([each, text]) => ({ id: each, text }));
  },
});

/** Builds the indexes from the documents: sorted once, they cost a fraction of one by one. */
export const prepareIndexes = (connection: Connection, layout: Layout, id: number): void => {
  if (generationRow(connection, id).prepared) return;
  connection.exec(layout.index);
  notePrepared(connection, id);
};

export type GenerationParts = Readonly<{
  model: ModelRef;
  id: number;
  place: DocumentsPlace;
  /** It has just begun, empty, and nobody else fills it. */
  isNew?: boolean;
  /** Takes the generation off the list. */
  drop: () => void;
}>;

/** Where each generation of this engine has its documents, for another that is compared with it. */
const tables = new WeakMap<Generation, () => DocumentsTable>();

export const embeddedGeneration = (parts: GenerationParts): Generation => {
  const { model, id, place, drop } = parts;
  const layout = layoutOf(model, id);
  const documents = (): Connection => {
    const connection = place.connection(id);
    if (connection === undefined)
      throw new Error(`The generation ${id} of a read model was dropped.`);
    return connection;
  };
  const read = <T>(question: (reader: GenerationReader) => T): T => {
    const connection = documents();
    return connection.read(() => question(generationReader(connection, layout, id)));
  };
  let seen = parts.isNew === true ? new SeenIds() : undefined;
  const prepare = (): void => {
    // From now on it may serve, and then others write to it.
    seen = undefined;
    const connection = documents();
    if (!connection.read(() => generationRow(connection, id)).prepared) place.finish(layout, id);
  };
  /** Inside a transaction. */
  const applyIn = (connection: Connection, batch: Batch): void => {
    const { prepared, checkpoint } = generationRow(connection, id);
    const keeping = { layout, prepared, derive: model.derive, seen };
    const rewrote = applyBatch(connection, keeping, unseen(batch, checkpoint));
    noteBatch(connection, id, { checkpoint: batch.checkpoint, rewrote });
  };
  const table = (): DocumentsTable => ({ path: documents().path, table: layout.documents });
  const generation: Generation = {
    id: String(id),
    get: async (each) => read(({ getMany }) => getMany([each])[0]),
    getMany: async (ids) => read(({ getMany }) => getMany(ids)),
    find: async (query) => {
      prepare();
      return read(({ find }) => find(query));
    },
    count: async (where) => {
      prepare();
      return read(({ count }) => count(where));
    },
    checkpoint: async () => read(({ checkpoint }) => checkpoint()),
    scan: async (after, limit) => read(({ scan }) => scan(after, limit)),
    prepare: async () => prepare(),
    equals: async (other, keep) => {
      const others = tables.get(other);
      if (others === undefined) return false;
      // What is still being filled can be seen by nobody else.
      prepare();
      await other.prepare();
      return haveSameTexts(table(), others(), keep);
    },
    apply: async (batch) => {
      const connection = documents();
      const { prepared } = connection.read(() => generationRow(connection, id));
      if (!prepared || !isSteady(batch)) {
        connection.write(() => applyIn(connection, batch));
        return;
      }
      for (const [n, part] of partsOf(batch).entries()) {
        if (n > 0) await setImmediate();
        const open = documents();
        open.writeDurably(() => applyIn(open, part));
      }
    },
    drop: async () => drop(),
  };
  tables.set(generation, table);
  return generation;
};
