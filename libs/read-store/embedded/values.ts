import type { JsonValue } from '#domain/kernel/index';
import type { ElementsTable, ScalarField } from './layout.ts';

/** A value as SQLite keeps it: its order of types, null < number < text < blob, is MongoDB's. */
export type Stored = null | number | string | Uint8Array;

// SQLite has no booleans, and 1 must not equal true.
const FALSE = Uint8Array.of(0);
const TRUE = Uint8Array.of(1);
/** Stands for null in a primary key, which cannot hold one. */
const NULL_IN_KEY = new Uint8Array(0);

const notIndexable = (field: string): TypeError =>
  new TypeError(`The indexed field ${field} holds an object or an undeclared array.`);

/** Throws `TypeError` on objects and arrays. */
export const toStored = (value: JsonValue | undefined, field: string): Stored => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? TRUE : FALSE;
  if (typeof value === 'object') throw notIndexable(field);
  return value;
};

export const toKey = (value: JsonValue | undefined, field: string): Exclude<Stored, null> =>
  toStored(value, field) ?? NULL_IN_KEY;

/** What is at the path; undefined where the path leaves the objects. */
export const valueAt = (
  document: Readonly<Record<string, JsonValue | undefined>>,
  path: readonly string[],
): JsonValue | undefined => {
  let value: JsonValue | undefined = document;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const object = value as Readonly<Record<string, JsonValue | undefined>>;
    value = Object.hasOwn(object, name) ? object[name] : undefined;
  }
  return value;
};

type Fields = Readonly<Record<string, JsonValue | undefined>>;

export const scalarValues = (document: Fields, scalars: readonly ScalarField[]): Stored[] =>
  scalars.map(({ path, field }) => toStored(valueAt(document, path), field));

const elementsOf = (value: JsonValue | undefined): readonly (JsonValue | undefined)[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [value];

/**
 * The rows of a document in a table of elements, by a key that tells them apart. A missing field and null
 * give one row, as they equal null; an empty array gives none.
 */
export const elementRows = (
  document: Fields,
  id: string,
  table: ElementsTable,
): ReadonlyMap<string, readonly Exclude<Stored, null>[]> => {
  const leading = table.leading.map(({ path, field }) => toKey(valueAt(document, path), field));
  const rows = new Map<string, readonly Exclude<Stored, null>[]>();
  for (const element of elementsOf(valueAt(document, table.path))) {
    const row = [...leading, toKey(element, table.field), id];
    rows.set(row.map(tagged).join('\u0000'), row);
  }
  return rows;
};

const tagged = (value: Exclude<Stored, null>): string =>
  value instanceof Uint8Array ? `bytes${value.join()}` : `${typeof value}${value}`;
