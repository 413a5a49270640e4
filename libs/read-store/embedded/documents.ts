import type { JsonValue, Position } from '#domain/kernel/index';
import type { Change, Document } from '../change.ts';
import type { Batch } from '../port.ts';
import type { Derive } from '../projection.ts';
import type { Connection } from './connection.ts';
import { interpret } from './interpret.ts';
import type { Layout } from './layout.ts';
import { elementRows, scalarValues, type Stored } from './values.ts';

type Fields = Record<string, JsonValue | undefined>;

/** A document while a batch is merged into it, in memory. */
type Draft = {
  readonly id: string;
  /** As it is stored; undefined for one that is not. */
  readonly before: Fields | undefined;
  /** Undefined while there is no document. */
  after: Fields | undefined;
  position: string;
  /** Which entry of the batch wrote last: the changes of one event share its position. */
  entry: number;
  changed: boolean;
};

const parse = (body: unknown): Fields => JSON.parse(String(body)) as Fields;

const draftsOf = (
  connection: Connection,
  layout: Layout,
  ids: ReadonlySet<string>,
): Map<string, Draft> => {
  const drafts = new Map<string, Draft>();
  const rows = connection
    .prepare(
      `SELECT id, position, body FROM ${layout.documents} WHERE id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify([...ids]));
  for (const { id, position, body } of rows) {
    drafts.set(String(id), {
      id: String(id),
      before: parse(body),
      after: parse(body),
      position: String(position),
      entry: -1,
      changed: false,
    });
  }
  for (const id of ids) {
    if (drafts.has(id)) continue;
    const missing = { before: undefined, after: undefined, position: '', entry: -1 };
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
    draft.after = undefined;
    return;
  }
  draft.after ??= { id: change.id };
  interpret(draft.after, change);
};

const writeRow = (connection: Connection, layout: Layout, draft: Draft, after: Fields): void => {
  const columns = layout.scalars.map(({ column }) => column);
  const values: Stored[] = [
    draft.position,
    JSON.stringify(after),
    ...scalarValues(after, layout.scalars),
  ];
  if (draft.before === undefined) {
    const names = ['position', 'body', ...columns, 'id'];
    const places = names.map(() => '?').join(', ');
    connection
      .prepare(`INSERT INTO ${layout.documents} (${names.join(', ')}) VALUES (${places})`)
      .run(...values, draft.id);
  } else {
    const set = ['position', 'body', ...columns].map((name) => `${name} = ?`).join(', ');
    connection
      .prepare(`UPDATE ${layout.documents} SET ${set} WHERE id = ?`)
      .run(...values, draft.id);
  }
};

const NO_ROWS: ReadonlyMap<string, readonly Exclude<Stored, null>[]> = new Map();

/** Brings the rows of a document's array elements from what they were to what they are. */
const writeElements = (
  connection: Connection,
  layout: Layout,
  id: string,
  before: Fields | undefined,
  after: Fields | undefined,
): void => {
  for (const table of layout.elements) {
    const old = before === undefined ? NO_ROWS : elementRows(before, id, table);
    const now = after === undefined ? NO_ROWS : elementRows(after, id, table);
    const names = [...table.leading.map((_, n) => `leading_${n}`), 'value', 'id'];
    for (const [key, row] of old) {
      if (now.has(key)) continue;
      const where = names.map((name) => `${name} = ?`).join(' AND ');
      connection.prepare(`DELETE FROM ${table.table} WHERE ${where}`).run(...row);
    }
    for (const [key, row] of now) {
      if (old.has(key)) continue;
      const places = names.map(() => '?').join(', ');
      connection.prepare(`INSERT INTO ${table.table} VALUES (${places})`).run(...row);
    }
  }
};

/**
 * Merges the changes of a batch in memory and writes each document once. Rows of array elements are left
 * to `prepare` while the generation is still being filled. Runs inside a transaction of the caller.
 */
export const applyBatch = (
  connection: Connection,
  layout: Layout,
  batch: Batch,
  { prepared, derive }: Readonly<{ prepared: boolean; derive?: Derive | undefined }>,
): void => {
  const ids = new Set(batch.changes.flatMap(({ changes }) => changes.map(({ id }) => id)));
  if (ids.size === 0) return;
  const drafts = draftsOf(connection, layout, ids);
  for (const [entry, { position, changes }] of batch.changes.entries()) {
    for (const change of changes) {
      const draft = drafts.get(change.id);
      if (draft !== undefined) applyTo(draft, change, position, entry);
    }
  }
  for (const draft of drafts.values()) {
    if (!draft.changed) continue;
    if (derive !== undefined && draft.after !== undefined) addDerived(draft.after, derive);
    writeDraft(connection, layout, draft, prepared);
  }
};

const addDerived = (document: Fields, derive: Derive): void => {
  for (const [name, value] of Object.entries(derive(document as Document))) {
    if (value === undefined) Reflect.deleteProperty(document, name);
    else document[name] = value;
  }
};

const writeDraft = (
  connection: Connection,
  layout: Layout,
  draft: Draft,
  prepared: boolean,
): void => {
  if (draft.after !== undefined) {
    writeRow(connection, layout, draft, draft.after);
  } else if (draft.before !== undefined) {
    connection.prepare(`DELETE FROM ${layout.documents} WHERE id = ?`).run(draft.id);
  }
  if (prepared) writeElements(connection, layout, draft.id, draft.before, draft.after);
};

export const toDocument = (row: Record<string, unknown>): Document =>
  parse(row['body']) as Document;
