import type { JsonValue } from '#domain/kernel/index';
import { elementsOf, notIndexable, valueAt } from '../indexed-fields.ts';
import type { ElementsTable, ScalarField } from './layout.ts';

/** A value as SQLite keeps it: its order of types, null < number < text < blob, is MongoDB's. */
export type Stored = null | number | string | Uint8Array;

// SQLite has no booleans, and 1 must not equal true.
const FALSE = Uint8Array.of(0);
const TRUE = Uint8Array.of(1);
/** Stands for null in a primary key, which cannot hold one. */
const NULL_IN_KEY = new Uint8Array(0);

/** Throws `TypeError` on objects and arrays. */
export const toStored = (value: JsonValue | undefined, field: string): Stored => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? TRUE : FALSE;
  if (typeof value === 'object') throw notIndexable(field);
  return value;
};

/** A value that a table of elements is sorted by: null stands before all numbers, and JSON has no infinite one. */
export const toSorted = (value: JsonValue | undefined, field: string): Exclude<Stored, null> =>
  toStored(value, field) ?? -Infinity;

export const toKey = (value: JsonValue | undefined, field: string): Exclude<Stored, null> =>
  toStored(value, field) ?? NULL_IN_KEY;

type Fields = Readonly<Record<string, JsonValue | undefined>>;

export const scalarValues = (document: Fields, scalars: readonly ScalarField[]): Stored[] =>
  scalars.map(({ path, field }) => toStored(valueAt(document, path), field));

/**
 * The rows of a document in a table of elements, by a key that tells them apart. A missing field and null
 * give one row, as they equal null; an empty array gives none.
 */
export const elementRows = (
  document: Fields,
  id: string,
  table: ElementsTable,
): ReadonlyMap<string, readonly Exclude<Stored, null>[]> => {
  const { order } = table;
  const leading = table.leading.map(({ path, field }) => toKey(valueAt(document, path), field));
  const sorted = order === undefined ? [] : [toSorted(valueAt(document, order.path), order.field)];
  const rows = new Map<string, readonly Exclude<Stored, null>[]>();
  for (const element of elementsOf(valueAt(document, table.path))) {
    const row = [...leading, toKey(element, table.field), ...sorted, id];
    rows.set(row.map(tagged).join('\u0000'), row);
  }
  return rows;
};

const tagged = (value: Exclude<Stored, null>): string =>
  value instanceof Uint8Array ? `bytes${value.join()}` : `${typeof value}${value}`;
