import type { JsonValue, Position } from '#domain/kernel/index';
import type { Change, Document } from '../change.ts';
import type { Batch } from '../port.ts';
import type { Derive } from '../projection.ts';
import type { Connection } from './connection.ts';
import { interpret } from './interpret.ts';
import type { Layout } from './layout.ts';
import { elementRows, scalarValues } from './values.ts';

type Fields = Record<string, JsonValue | undefined>;

type ElementRows = ReturnType<typeof elementRows>;

/** A document while a batch is merged into it, in memory. */
type Draft = {
  readonly id: string;
  readonly isStored: boolean;
  /** What the tables of elements hold of it, where they are kept. */
  readonly elements: readonly ElementRows[];
  /** Undefined while there is no document. */
  document: Fields | undefined;
  position: string;
  /** Which entry of the batch wrote last: the changes of one event share its position. */
  entry: number;
  changed: boolean;
};

/** How a generation's documents are kept. */
export type Keeping = Readonly<{
  layout: Layout;
  /** The tables of elements are kept as well. */
  prepared: boolean;
  derive?: Derive | undefined;
}>;

const parse = (body: unknown): Fields => JSON.parse(String(body)) as Fields;

const elementsOf = (id: string, document: Fields, { layout, prepared }: Keeping): ElementRows[] =>
  prepared ? layout.elements.map((table) => elementRows(document, id, table)) : [];

const draftsOf = (
  connection: Connection,
  keeping: Keeping,
  ids: ReadonlySet<string>,
): Map<string, Draft> => {
  const drafts = new Map<string, Draft>();
  const rows = connection
    .prepare(
      `SELECT id, position, body FROM ${keeping.layout.documents} WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...ids]));
  for (const row of rows) {
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

const applyTo = (draft: Draft, change: Change, position: Position, entry: number): void => {
  if (draft.entry !== entry && position <= draft.position) return;
  draft.entry = entry;
  draft.position = position;
  draft.changed = true;
  if (change.op === 'delete') {
    draft.document = undefined;
    return;
  }
  draft.document ??= { id: change.id };
  interpret(draft.document, change);
};

type WriteDraft = (draft: Draft) => void;

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
  const statements = keeping.layout.elements.map(({ table, leading }) => {
    const names = [...leading.map((_, n) => `leading_${n}`), 'value', 'id'];
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
  const ids = new Set(batch.changes.flatMap(({ changes }) => changes.map(({ id }) => id)));
  if (ids.size === 0) return false;
  const drafts = draftsOf(connection, keeping, ids);
  for (const [entry, { position, changes }] of batch.changes.entries()) {
    for (const change of changes) {
      const draft = drafts.get(change.id);
      if (draft !== undefined) applyTo(draft, change, position, entry);
    }
  }
  const writeRow = rowWriter(connection, keeping.layout);
  const writeElements = keeping.prepared ? elementsWriter(connection, keeping) : undefined;
  const changed = [...drafts.values()].filter((draft) => draft.changed);
  // Ids are in no order; neighbours in the index are written together.
  changed.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const draft of changed) {
    if (draft.document !== undefined) addDerived(draft.document, keeping.derive);
    writeRow(draft);
    writeElements?.(draft);
  }
  return changed.some(({ isStored }) => isStored);
};

const addDerived = (document: Fields, derive: Derive | undefined): void => {
  for (const [name, value] of Object.entries(derive?.(document as Document) ?? {})) {
    if (value === undefined) Reflect.deleteProperty(document, name);
    else document[name] = value;
  }
};

export const toDocument = (row: Record<string, unknown>): Document =>
  parse(row['body']) as Document;
