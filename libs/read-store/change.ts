import type { JsonValue } from '#domain/kernel/index';

/** A document of a read model; `id` is its key. */
export type Document = Readonly<{ id: string } & Record<string, JsonValue | undefined>>;

/**
 * What a projection may ask of a read store: the operations that SQLite and MongoDB do identically. Keys
 * are field paths (`lists.list_1.status`); a document that does not exist yet is created. Within one change
 * the parts apply in the order below, and two parts never touch the same path.
 */
export type Upsert = Readonly<{
  op: 'upsert';
  id: string;
  set?: Readonly<Record<string, JsonValue>>;
  unset?: readonly string[];
  /** Adds to a number; a missing field counts as 0. */
  inc?: Readonly<Record<string, number>>;
  /** Keeps the greater of the stored and the given value (numbers, or texts such as instants). */
  max?: Readonly<Record<string, string | number>>;
  /** Adds to an array unless it is there; a missing field counts as []. */
  addToSet?: Readonly<Record<string, readonly (string | number)[]>>;
  /** Takes out of an array, where present. */
  pull?: Readonly<Record<string, readonly (string | number)[]>>;
}>;

/** Removes the document. A later change of an older event must not bring it back: use a tombstone for people. */
export type Delete = Readonly<{ op: 'delete'; id: string }>;

export type Change = Upsert | Delete;
