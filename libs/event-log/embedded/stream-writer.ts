import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { VersionConflict, type AppendOutcome } from '../port.ts';
import { positionOf } from './position.ts';
import type { PreparedAppend } from './prepared-append.ts';

type StreamRow = Readonly<{ id: number; revision: number }>;

/**
 * Writes one append inside the transaction that the caller has opened. It looks before it writes and
 * keeps no revision in memory, so what other processes wrote can never be missed.
 */
export class StreamWriter {
  readonly #findStream: StatementSync;
  readonly #addStream: StatementSync;
  readonly #findCategory: StatementSync;
  readonly #addCategory: StatementSync;
  readonly #addEvent: StatementSync;
  readonly #eventAt: StatementSync;
  /** Ids of categories, which never change once they are written. */
  readonly #categories = new Map<string, number>();

  constructor(database: DatabaseSync) {
    this.#findStream = database.prepare(
      `SELECT id, (SELECT max(revision) FROM events WHERE stream = streams.id) AS revision
       FROM streams WHERE name = ?`,
    );
    this.#addStream = database.prepare(
      'INSERT INTO streams (name) VALUES (?) ON CONFLICT DO NOTHING',
    );
    this.#findCategory = database.prepare('SELECT id FROM categories WHERE name = ?');
    this.#addCategory = database.prepare('INSERT INTO categories (name) VALUES (?)');
    this.#addEvent = database.prepare(
      `INSERT INTO events (stream, revision, category, type, id, data, metadata, personal)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#eventAt = database.prepare(
      'SELECT position, id FROM events WHERE stream = ? AND revision = ?',
    );
  }

  write(append: PreparedAppend): AppendOutcome {
    if (append.expected === 'no-stream') {
      const added = this.#addStream.run(append.stream);
      if (added.changes === 1) return this.#insert(append, Number(added.lastInsertRowid), 0);
    }
    const stream = this.#findStream.get(append.stream) as StreamRow | undefined;
    if (stream === undefined) return conflict(append, 'no-stream');
    if (stream.revision === append.expected) {
      return this.#insert(append, stream.id, stream.revision + 1);
    }
    return this.#repeated(append, stream.id) ?? conflict(append, stream.revision);
  }

  #insert(append: PreparedAppend, stream: number, firstRevision: number): AppendOutcome {
    const category = this.#categoryId(append.category);
    let revision = firstRevision;
    let position: number | bigint = 0;
    for (const { type, id, data, metadata, personal } of append.events) {
      position = this.#addEvent.run(
        stream,
        revision,
        category,
        type,
        id,
        data,
        metadata,
        personal,
      ).lastInsertRowid;
      revision += 1;
    }
    return {
      ok: true,
      value: { revision: revision - 1, position: positionOf(Number(position)) },
    };
  }

  /** To be called when a transaction was rolled back: a category may have been new in it. */
  forget(): void {
    this.#categories.clear();
  }

  #categoryId(name: string): number {
    const known = this.#categories.get(name);
    if (known !== undefined) return known;
    const found = this.#findCategory.get(name);
    const id = Number(found ? found['id'] : this.#addCategory.run(name).lastInsertRowid);
    this.#categories.set(name, id);
    return id;
  }

  /** A repeat whose first answer was lost: the very same events stand where these would have gone. */
  #repeated(append: PreparedAppend, stream: number): AppendOutcome | undefined {
    let revision = append.expected === 'no-stream' ? -1 : append.expected;
    let position = 0;
    for (const event of append.events) {
      revision += 1;
      const stored = this.#eventAt.get(stream, revision);
      if (!stored || Buffer.compare(stored['id'] as Uint8Array, event.id) !== 0) return undefined;
      position = Number(stored['position']);
    }
    return { ok: true, value: { revision, position: positionOf(position) } };
  }
}

const conflict = (append: PreparedAppend, actual: number | 'no-stream'): AppendOutcome => ({
  ok: false,
  error: new VersionConflict(append.stream, append.expected, actual),
});
