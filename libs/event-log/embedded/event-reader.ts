import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '#domain/kernel/index';
import type { RecordedBytes } from '../port.ts';
import { positionOf, rowIdOf } from './position.ts';
import { bytesToUuid } from './uuid-bytes.ts';

type Row = [
  position: number,
  revision: number,
  type: string,
  id: Uint8Array,
  data: string,
  metadata: string,
  personal: Uint8Array | null,
  stream: string,
];

const COLUMNS = 'e.position, e.revision, e.type, e.id, e.data, e.metadata, e.personal, s.name';
/** SQLite's own "no limit". */
const NO_LIMIT = -1;

/** Reads through a connection of its own, which sees what is committed and nothing else. */
export class EventReader {
  readonly #database: DatabaseSync;
  readonly #stream: StatementSync;
  readonly #all: StatementSync;
  readonly #head: StatementSync;
  readonly #category: StatementSync;
  readonly #ofCategories = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#stream = this.#prepareRows(
      `SELECT ${COLUMNS} FROM streams s JOIN events e ON e.stream = s.id
       WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
    );
    this.#all = this.#prepareRows(
      `SELECT ${COLUMNS} FROM events e JOIN streams s ON s.id = e.stream
       WHERE e.position > ? ORDER BY e.position LIMIT ?`,
    );
    this.#head = database.prepare('SELECT max(position) AS position FROM events');
    this.#category = database.prepare('SELECT id FROM categories WHERE name = ?');
  }

  stream(name: string, from = 0, limit = NO_LIMIT): RecordedBytes[] {
    return this.#rows(this.#stream, name, from, limit);
  }

  /** One read transaction for all: taking the lock costs as much as a small stream. */
  streams(names: readonly string[]): RecordedBytes[][] {
    this.#database.exec('BEGIN');
    try {
      return names.map((name) => this.stream(name));
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  all(after: Position | undefined, limit: number): RecordedBytes[] {
    return this.#rows(this.#all, rowIdAfter(after), limit);
  }

  ofCategories(
    categories: readonly string[],
    after: Position | undefined,
    limit: number,
  ): RecordedBytes[] {
    const ids = [...new Set(categories)].flatMap((name) => {
      const row = this.#category.get(name);
      return row ? [Number(row['id'])] : [];
    });
    if (ids.length === 0) return [];
    const from = rowIdAfter(after);
    return this.#rows(this.#statementFor(ids), ...ids.flatMap((id) => [id, from]), limit);
  }

  head(): Position | undefined {
    const position = this.#head.get()?.['position'];
    return typeof position === 'number' ? positionOf(position) : undefined;
  }

  /** Merges the categories' own orders in the index, and touches only rows that are returned. */
  #statementFor(ids: readonly number[]): StatementSync {
    const key = String(ids.length);
    const known = this.#ofCategories.get(key);
    if (known) return known;
    const one = 'SELECT position FROM events WHERE category = ? AND position > ?';
    const statement = this.#prepareRows(
      `SELECT ${COLUMNS}
       FROM (${ids.map(() => one).join(' UNION ALL ')} ORDER BY position LIMIT ?) p
       CROSS JOIN events e ON e.position = p.position
       CROSS JOIN streams s ON s.id = e.stream
       ORDER BY p.position`,
    );
    this.#ofCategories.set(key, statement);
    return statement;
  }

  #prepareRows(sql: string): StatementSync {
    const statement = this.#database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  }

  #rows(statement: StatementSync, ...parameters: (string | number)[]): RecordedBytes[] {
    return (statement.all(...parameters) as unknown as Row[]).map(recordedBytes);
  }
}

const rowIdAfter = (after: Position | undefined): number =>
  after === undefined ? 0 : rowIdOf(after);

const recordedBytes = (row: Row): RecordedBytes => {
  const [position, revision, type, id, data, metadata, personal, stream] = row;
  return {
    id: bytesToUuid(id),
    type,
    data,
    metadata,
    ...(personal && { personal }),
    stream,
    revision,
    position: positionOf(position),
  };
};
