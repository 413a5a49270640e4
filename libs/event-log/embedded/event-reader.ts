import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Position } from '#domain/kernel/index';
import type { PersonalReading, RecordedBytes, StreamReading } from '../port.ts';
import { positionOf, rowIdOf } from './position.ts';
import { hexToUuid } from './uuid-bytes.ts';

type Row = [
  position: number,
  revision: number,
  type: string,
  id: string,
  data: string,
  metadata: string,
  /** Where it is not asked for, whether there is one. */
  personal: Uint8Array | null | 0 | 1,
];
type NamedRow = [...row: Row, stream: string];

/** A value that comes as bytes costs as much as all the others of its row, hence the id as text. */
const PUBLIC_COLUMNS = 'e.position, e.revision, e.type, hex(e.id), e.data, e.metadata';
const UNOPENED = new Uint8Array();
/** SQLite's own "no limit". */
const NO_LIMIT = -1;

/** One query, with as many of the personal parts as are asked for. */
type Statements = (reading: PersonalReading) => StatementSync;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const columnsFor = ({ personalOf }: PersonalReading): string => {
  if (personalOf === undefined) return `${PUBLIC_COLUMNS}, e.personal`;
  const isThere = 'e.personal IS NOT NULL';
  if (personalOf.size === 0) return `${PUBLIC_COLUMNS}, ${isThere}`;
  const types = [...personalOf].map(quoted).join(', ');
  return `${PUBLIC_COLUMNS}, CASE WHEN e.type IN (${types}) THEN e.personal ELSE ${isThere} END`;
};

/** Reads through a connection of its own, which sees what is committed and nothing else. */
export class EventReader {
  readonly #database: DatabaseSync;
  readonly #stream: Statements;
  readonly #all: Statements;
  readonly #head: StatementSync;
  readonly #category: StatementSync;
  readonly #ofCategories = new Map<number, Statements>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#stream = this.#prepare(
      (columns) =>
        `SELECT ${columns} FROM streams s JOIN events e ON e.stream = s.id
         WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
    );
    this.#all = this.#prepare(
      (columns) =>
        `SELECT ${columns}, s.name FROM events e JOIN streams s ON s.id = e.stream
         WHERE e.position > ? ORDER BY e.position LIMIT ?`,
    );
    this.#head = database.prepare('SELECT max(position) AS position FROM events');
    this.#category = database.prepare('SELECT id FROM categories WHERE name = ?');
  }

  stream(name: string, options: StreamReading = {}): RecordedBytes[] {
    const { from = 0, limit = NO_LIMIT } = options;
    const statement = this.#stream(options);
    const rows = statement.all(name, from, limit) as unknown as Row[];
    return rows.map((row) => recordedBytes(row, name));
  }

  /** One read transaction for all: taking the lock costs as much as a small stream. */
  streams(names: readonly string[], options: PersonalReading = {}): RecordedBytes[][] {
    this.#database.exec('BEGIN');
    try {
      return names.map((name) => this.stream(name, options));
    } finally {
      this.#database.exec('COMMIT');
    }
  }

  all(after: Position | undefined, limit: number, options: PersonalReading = {}): RecordedBytes[] {
    return namedRows(this.#all(options), rowIdAfter(after), limit);
  }

  ofCategories(
    categories: readonly string[],
    after: Position | undefined,
    limit: number,
    options: PersonalReading = {},
  ): RecordedBytes[] {
    const ids = [...new Set(categories)].flatMap((name) => {
      const row = this.#category.get(name);
      return row ? [Number(row['id'])] : [];
    });
    if (ids.length === 0) return [];
    const from = rowIdAfter(after);
    const statement = this.#statementsFor(ids.length)(options);
    return namedRows(statement, ...ids.flatMap((id) => [id, from]), limit);
  }

  head(): Position | undefined {
    const position = this.#head.get()?.['position'];
    return typeof position === 'number' ? positionOf(position) : undefined;
  }

  /** Merges the categories' own orders in the index, and touches only rows that are returned. */
  #statementsFor(categories: number): Statements {
    const known = this.#ofCategories.get(categories);
    if (known) return known;
    const one = 'SELECT position FROM events WHERE category = ? AND position > ?';
    const each = Array.from({ length: categories }, () => one).join(' UNION ALL ');
    const statements = this.#prepare(
      (columns) =>
        `SELECT ${columns}, s.name
         FROM (${each} ORDER BY position LIMIT ?) p
         CROSS JOIN events e ON e.position = p.position
         CROSS JOIN streams s ON s.id = e.stream
         ORDER BY p.position`,
    );
    this.#ofCategories.set(categories, statements);
    return statements;
  }

  #prepare(query: (columns: string) => string): Statements {
    const prepared = new Map<string, StatementSync>();
    return (reading) => {
      const columns = columnsFor(reading);
      const known = prepared.get(columns);
      if (known !== undefined) return known;
      const statement = this.#database.prepare(query(columns));
      statement.setReturnArrays(true);
      prepared.set(columns, statement);
      return statement;
    };
  }
}

const namedRows = (statement: StatementSync, ...parameters: number[]): RecordedBytes[] => {
  const rows = statement.all(...parameters) as unknown as NamedRow[];
  return rows.map((row) => recordedBytes(row, row[7]));
};

const rowIdAfter = (after: Position | undefined): number =>
  after === undefined ? 0 : rowIdOf(after);

const recordedBytes = (row: Row | NamedRow, stream: string): RecordedBytes => {
  const [rowId, revision, type, id, data, metadata, personal] = row;
  const position = positionOf(rowId);
  const recorded = { id: hexToUuid(id), type, data, metadata, stream, revision, position };
  if (personal === null || personal === 0) return recorded;
  return { ...recorded, personal: personal === 1 ? UNOPENED : personal };
};
