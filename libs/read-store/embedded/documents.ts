import type { Document } from '../change.ts';
import { idsIn, merge, type Draft, type Fields } from '../draft.ts';
import type { Batch } from '../port.ts';
import type { Derive } from '../projection.ts';
import type { Connection } from './connection.ts';
import { elementColumns, type Layout } from './layout.ts';
import type { SeenIds } from './seen-ids.ts';
import { elementRows, scalarValues } from './values.ts';

type ElementRows = ReturnType<typeof elementRows>;

type StoredDraft = Draft &
  Readonly<{
    isStored: boolean;
    /** What the tables of elements hold of it, where they are kept. */
    elements: readonly ElementRows[];
  }>;

/** How a generation's documents are kept. */
export type Keeping = Readonly<{
  layout: Layout;
  /** The tables of elements are kept as well. */
  prepared: boolean;
  derive?: Derive | undefined;
  /** All that may be stored, where that is known: the others need not be looked for. */
  seen?: SeenIds | undefined;
}>;

const parse = (body: unknown): Fields => JSON.parse(String(body)) as Fields;

const elementsOf = (id: string, document: Fields, { layout, prepared }: Keeping): ElementRows[] =>
  prepared ? layout.elements.map((table) => elementRows(document, id, table)) : [];

const storedRows = (
  connection: Connection,
  { layout, seen }: Keeping,
  ids: ReadonlySet<string>,
): readonly Record<string, unknown>[] => {
  const perhaps = seen === undefined ? [...ids] : [...ids].filter((id) => seen.see(id));
  if (perhaps.length === 0) return [];
  const sql = `SELECT id, position, body FROM ${layout.documents} WHERE id IN (SELECT value FROM json_each(?))`;
  return connection.prepare(sql).all(JSON.stringify(perhaps));
};

const draftsOf = (
  connection: Connection,
  keeping: Keeping,
  ids: ReadonlySet<string>,
): Map<string, StoredDraft> => {
  const drafts = new Map<string, StoredDraft>();
  for (const row of storedRows(connection, keeping, ids)) {
    const id = String(row['id']);
    const document = parse(row['body']);
    const elements = elementsOf(id, document, keeping);
    const position = String(row['position']);
    drafts.set(id, { id, isStored: true, elements, document, position, entry: -1, changed: false });
  }
  for (const id of ids) {
    if (drafts.has(id)) continue;
    const missing = { isStored: false, elements: [], document: undefined, position: '', entry: -1 };
    drafts.set(id, { id, ...missing, changed: false });
  }
  return drafts;
};

type WriteDraft = (draft: StoredDraft) => void;

const rowWriter = (connection: Connection, { documents, scalars }: Layout): WriteDraft => {
  const names = ['position', 'body', ...scalars.map(({ column }) => column)];
  const insert = connection.prepare(
    `INSERT INTO ${documents} (${[...names, 'id'].join(', ')}) VALUES (${[...names, 'id'].map(() => '?').join(', ')})`,
  );
  const update = connection.prepare(
    `UPDATE ${documents} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
  );
  const remove = connection.prepare(`DELETE FROM ${documents} WHERE id = ?`);
  return ({ id, isStored, document, position }) => {
    if (document !== undefined) {
      const values = scalarValues(document, scalars);
      (isStored ? update : insert).run(position, JSON.stringify(document), ...values, id);
    } else if (isStored) remove.run(id);
  };
};

const NO_ROWS: ElementRows = new Map();

/** Brings the rows of a document's array elements from what they were to what they are. */
const elementsWriter = (connection: Connection, keeping: Keeping): WriteDraft => {
  const statements = keeping.layout.elements.map((elements) => {
    const { table } = elements;
    const names = elementColumns(elements);
    return {
      remove: connection.prepare(
        `DELETE FROM ${table} WHERE ${names.map((name) => `${name} = ?`).join(' AND ')}`,
      ),
      insert: connection.prepare(
        `INSERT INTO ${table} VALUES (${names.map(() => '?').join(', ')})`,
      ),
    };
  });
  return ({ id, document, elements }) => {
    const rows = document === undefined ? [] : elementsOf(id, document, keeping);
    for (const [n, { remove, insert }] of statements.entries()) {
      const before = elements[n] ?? NO_ROWS;
      const now = rows[n] ?? NO_ROWS;
      for (const [key, row] of before) if (!now.has(key)) remove.run(...row);
      for (const [key, row] of now) if (!before.has(key)) insert.run(...row);
    }
  };
};

/**
 * Merges the changes of a batch in memory and writes each document once. Rows of array elements are left
 * to `prepare` while the generation is still being filled. Runs inside a transaction of the caller.
 * True when something was overwritten or deleted.
 */
export const applyBatch = (connection: Connection, keeping: Keeping, batch: Batch): boolean => {
  const ids = idsIn(batch);
  if (ids.size === 0) return false;
  const changed = merge(batch, draftsOf(connection, keeping, ids), keeping.derive);
  const writeRow = rowWriter(connection, keeping.layout);
  const writeElements = keeping.prepared ? elementsWriter(connection, keeping) : undefined;
  // Ids are in no order; neighbours in the index are written together.
  changed.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const draft of changed) {
    writeRow(draft);
    writeElements?.(draft);
  }
  return changed.some(({ isStored }) => isStored);
};

export const toDocument = (row: Record<string, unknown>): Document =>
  parse(row['body']) as Document;
