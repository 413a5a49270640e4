import type { Filter, Sort as MongoSort } from 'mongodb';
import type { JsonValue } from '#domain/kernel/index';
import { afterPrefix } from '../after-prefix.ts';
import { notIndexable, undeclared, unsortable, type IndexedFields } from '../indexed-fields.ts';
import type { Comparison, Query } from '../port.ts';
import { FIELDS, LIVE, storedName, type StoredDocument } from './stored-document.ts';

export type DocumentFilter = Filter<StoredDocument>;

type Condition = Readonly<Record<string, unknown>>;

/** Where MongoDB finds a field. */
export const storedPath = (field: string): string =>
  field === 'id' ? '_id' : [FIELDS, ...field.split('.').map(storedName)].join('.');

const escaped = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\0', '\\x00');

const isDeclared = (declared: IndexedFields['scalars'], field: string): boolean =>
  declared.some((each) => each.field === field);

const prefixed = (prefix: string): Condition => {
  const end = afterPrefix(prefix);
  return end === undefined ? { $gte: prefix } : { $gte: prefix, $lt: end };
};

const equal = (value: JsonValue, field: string): Condition => {
  if (typeof value === 'object' && value !== null) throw notIndexable(field);
  return { $eq: value };
};

const conditionOn = (comparison: Comparison, isArray: boolean): Condition => {
  switch (comparison.op) {
    case 'eq':
      return equal(comparison.value, comparison.field);
    case 'in':
      return { $in: comparison.value };
    case 'prefix':
      // Of an array, one element might be after the beginning of the range and another before its end.
      return isArray ? { $regex: `^${escaped(comparison.value)}` } : prefixed(comparison.value);
    default:
      return { [`$${comparison.op}`]: comparison.value };
  }
};

const conditionOf = (fields: IndexedFields, comparison: Comparison): Condition => {
  const { field } = comparison;
  const isArray = isDeclared(fields.arrays, field);
  if (!isArray && field !== 'id' && !isDeclared(fields.scalars, field)) throw undeclared(field);
  return { [storedPath(field)]: conditionOn(comparison, isArray) };
};

const all = (conditions: readonly Condition[]): DocumentFilter =>
  (conditions.length === 1 ? { ...conditions[0] } : { $and: conditions }) as DocumentFilter;

/** Throws `TypeError` on a field that no index declares. */
export const filterOf = (
  fields: IndexedFields,
  where: readonly Comparison[],
  ...further: readonly Condition[]
): DocumentFilter =>
  all([{ [LIVE]: true }, ...where.map((each) => conditionOf(fields, each)), ...further]);

/** The types of values in their order, each as a condition that all of its values satisfy. */
const TYPES: readonly Condition[] = [
  { $eq: null },
  { $gte: -Number.MAX_VALUE },
  { $gte: '' },
  { $gte: false },
];

const typeOf = (value: JsonValue): number => {
  if (value === null) return 0;
  const type = ['number', 'string', 'boolean'].indexOf(typeof value);
  if (type < 0) throw notIndexable('after');
  return type + 1;
};

/**
 * What is after the last key of a page, as ranges to be read one after the other: each is one stretch of an index,
 * where one condition for all of them would not be.
 */
const rangesAfter = (
  path: string,
  descending: boolean,
  { value, id }: NonNullable<Query['after']>,
): readonly Condition[] => {
  const beyond = descending ? '$lt' : '$gt';
  if (path === '_id') return [{ _id: { [beyond]: id } }];
  const type = typeOf(value);
  const further = descending ? TYPES.slice(0, type).reverse() : TYPES.slice(type + 1);
  return [
    { [path]: { $eq: value }, _id: { [beyond]: id } },
    ...(value === null ? [] : [{ [path]: { [beyond]: value } }]),
    ...further.map((ofType) => ({ [path]: ofType })),
  ];
};

export type CompiledQuery = Readonly<{
  /** To be read in order until the page is full. */
  filters: readonly DocumentFilter[];
  sort: MongoSort;
}>;

/** Throws `TypeError` on a field that no index declares. */
export const compileFind = (fields: IndexedFields, query: Query): CompiledQuery => {
  const field = query.sort?.field ?? 'id';
  if (field !== 'id' && !isDeclared(fields.scalars, field)) throw unsortable(field);
  const path = storedPath(field);
  const descending = query.sort?.direction === 'desc';
  const direction = descending ? -1 : 1;
  const ranges = query.after === undefined ? [] : rangesAfter(path, descending, query.after);
  return {
    filters:
      ranges.length === 0
        ? [filterOf(fields, query.where)]
        : ranges.map((range) => filterOf(fields, query.where, range)),
    sort: path === '_id' ? { _id: direction } : { [path]: direction, _id: direction },
  };
};
