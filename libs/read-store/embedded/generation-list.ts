import type { ModelRef } from '../port.ts';
import type { Connection } from './connection.ts';
import type { DocumentsPlace } from './documents-place.ts';
import { deleteRow, insertRow } from './generation-row.ts';
import { layoutOf } from './layout.ts';

/** Which generations there are, and which one serves, beside the place of their documents. */
export type GenerationList = Readonly<{ connection: Connection; place: DocumentsPlace }>;

export const servingId = (connection: Connection, model: ModelRef): number | undefined => {
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

/** The generation that serves; made empty when there is none, or when its documents are gone. */
export const servingOrFirst = (list: GenerationList, model: ModelRef): number => {
  const { connection, place } = list;
  const known = connection.read(() => servingId(connection, model));
  if (known !== undefined && place.connection(known) !== undefined) return known;
  return connection.write(() => makeServing(list, model));
};

/** Drops the versions before as well: they hold personal data. */
const makeServing = (list: GenerationList, model: ModelRef): number => {
  const { connection, place } = list;
  // Another process may have been faster.
  const known = servingId(connection, model);
  if (known !== undefined && place.connection(known) !== undefined) return known;
  dropWhere(list, model, 'version < ?');
  const id = known ?? insertRow(connection, model, { serving: true });
  place.create(model, layoutOf(model, id), id);
  place.makeReady(layoutOf(model, id), id);
  return id;
};

export const begin = (list: GenerationList, model: ModelRef): number => {
  const { connection, place } = list;
  const id = connection.write(() => {
    const added = insertRow(connection, model, {});
    place.create(model, layoutOf(model, added), added);
    return added;
  });
  place.fill(id);
  return id;
};

export const discard = (list: GenerationList, model: ModelRef): void => {
  const { connection, place } = list;
  connection.write(() => {
    dropWhere(list, model, 'version = ? AND serving = 0');
    const rows = connection.prepare('SELECT id FROM generations').all();
    place.keepOnly(new Set(rows.map(({ id }) => Number(id))));
  });
};

const dropWhere = (list: GenerationList, model: ModelRef, condition: string): void => {
  const rows = list.connection
    .prepare(`SELECT id, indexes FROM generations WHERE model = ? AND ${condition}`)
    .all(model.name, model.version);
  for (const row of rows) {
    const indexes = JSON.parse(String(row['indexes'])) as ModelRef['indexes'];
    drop(list, { ...model, indexes }, Number(row['id']));
  }
};

/** Inside a transaction that writes. */
export const drop = ({ connection, place }: GenerationList, model: ModelRef, id: number): void => {
  place.drop(layoutOf(model, id), id);
  deleteRow(connection, id);
};

/** The generation, whose indexes are built, serves from now on; the one that served before is returned. */
export const promote = ({ connection }: GenerationList, model: ModelRef, next: number): number =>
  connection.writeDurably(() => {
    const previous = servingId(connection, model);
    if (previous === undefined) throw new Error(`No generation of ${model.name} serves yet.`);
    connection.prepare('UPDATE generations SET serving = 0 WHERE id = ?').run(previous);
    connection.prepare('UPDATE generations SET serving = 1 WHERE id = ?').run(next);
    return previous;
  });
