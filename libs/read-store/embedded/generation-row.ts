import type { Position } from '#domain/kernel/index';
import type { ModelRef } from '../port.ts';
import type { Connection } from './connection.ts';

/** What is noted of a generation beside its documents. */
export type GenerationRow = Readonly<{
  checkpoint: Position | undefined;
  /** The indexes that queries need are built. */
  prepared: boolean;
  /** Batches since the last scrub that overwrote or deleted something. */
  rewritten: number;
}>;

/** Throws for a generation that was dropped. */
export const generationRow = (connection: Connection, id: number): GenerationRow => {
  const row = connection
    .prepare('SELECT checkpoint, prepared, rewritten FROM generations WHERE id = ?')
    .get(id);
  if (row === undefined) throw new Error(`The generation ${id} of a read model was dropped.`);
  const checkpoint = row['checkpoint'];
  return {
    checkpoint: typeof checkpoint === 'string' ? (checkpoint as Position) : undefined,
    prepared: row['prepared'] === 1,
    rewritten: Number(row['rewritten']),
  };
};

/** Adds the row of a new generation; its id is chosen where none is given. */
export const insertRow = (
  connection: Connection,
  model: ModelRef,
  { id, serving = false }: Readonly<{ id?: number; serving?: boolean }>,
): number => {
  const { lastInsertRowid } = connection
    .prepare(
      'INSERT INTO generations (id, model, version, indexes, serving) VALUES (?, ?, ?, ?, ?)',
    )
    .run(id ?? null, model.name, model.version, JSON.stringify(model.indexes), serving ? 1 : 0);
  return Number(lastInsertRowid);
};

/** Moves the checkpoint, never back. */
export const noteBatch = (
  connection: Connection,
  id: number,
  { checkpoint, rewrote }: Readonly<{ checkpoint: Position; rewrote: boolean }>,
): void => {
  connection
    .prepare(
      `UPDATE generations SET rewritten = rewritten + ?3,
         checkpoint = CASE WHEN checkpoint >= ?1 THEN checkpoint ELSE ?1 END WHERE id = ?2`,
    )
    .run(checkpoint, id, rewrote ? 1 : 0);
};

export const notePrepared = (connection: Connection, id: number): void => {
  connection.prepare('UPDATE generations SET prepared = 1 WHERE id = ?').run(id);
};

/** After a scrub of what so many batches had rewritten; others may have come meanwhile. */
export const noteScrubbed = (connection: Connection, id: number, batches: number): void => {
  connection
    .prepare('UPDATE generations SET rewritten = rewritten - ? WHERE id = ?')
    .run(batches, id);
};

export const deleteRow = (connection: Pick<Connection, 'prepare'>, id: number): void => {
  connection.prepare('DELETE FROM generations WHERE id = ?').run(id);
};
