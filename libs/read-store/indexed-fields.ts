import type { JsonValue } from '#domain/kernel/index';
import type { Index } from './projection.ts';

/** A field that queries may name, with the names of the objects it is in. */
export type IndexedField = Readonly<{ field: string; path: readonly string[] }>;

export type IndexedFields = Readonly<{
  /** Fields that hold no array, except `id`. */
  scalars: readonly IndexedField[];
  /** Fields that hold arrays, whose elements are compared. */
  arrays: readonly IndexedField[];
}>;

/** Whether its elements are what is compared. */
export const isArrayField = (field: string): boolean => field.endsWith('[]');

const checkIndex = (index: Index): void => {
  if (index.length === 0) throw new TypeError('An index names at least one field.');
  if (index.slice(0, -2).some(isArrayField) || index.filter(isArrayField).length > 1) {
    throw new TypeError(
      `An index has at most one array field, and after it at most one to sort by: ${index.join(', ')}.`,
    );
  }
};

const asField = (field: string): IndexedField => ({ field, path: field.split('.') });

/** The fields that a model's indexes declare. Throws `TypeError` on indexes that make no sense. */
export const indexedFields = (indexes: readonly Index[]): IndexedFields => {
  indexes.forEach(checkIndex);
  const declared = new Set(indexes.flat());
  declared.delete('id');
  const scalars = [...declared].filter((field) => !isArrayField(field));
  const arrays = [...declared].filter(isArrayField).map((field) => field.slice(0, -'[]'.length));
  const overlap = arrays.find((field) => scalars.includes(field));
  if (overlap !== undefined) {
    throw new TypeError(`The field ${overlap} is declared both with and without [].`);
  }
  return { scalars: scalars.map(asField), arrays: arrays.map(asField) };
};

/** A question about it could not be answered from an index. */
export const undeclared = (field: string): TypeError =>
  new TypeError(`The field ${field} is in no index of this read model.`);

/** An order by it could not be read from an index. */
export const unsortable = (field: string): TypeError =>
  new TypeError(`The field ${field} cannot be sorted by: no index declares it.`);

/** Nothing is before or after such a value. */
export const notIndexable = (field: string): TypeError =>
  new TypeError(`The indexed field ${field} holds an object or an undeclared array.`);

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

/** What the comparisons of an array field look at, one after the other. */
export const elementsOf = (value: JsonValue | undefined): readonly (JsonValue | undefined)[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [value];

const isIndexable = (value: JsonValue | undefined): boolean =>
  typeof value !== 'object' || value === null;

/** Throws `TypeError` where an indexed field holds what cannot be compared. */
export const checkIndexable = (
  document: Readonly<Record<string, JsonValue | undefined>>,
  { scalars, arrays }: IndexedFields,
): void => {
  for (const { field, path } of scalars) {
    if (!isIndexable(valueAt(document, path))) throw notIndexable(field);
  }
  for (const { field, path } of arrays) {
    if (!elementsOf(valueAt(document, path)).every(isIndexable)) throw notIndexable(field);
  }
};
