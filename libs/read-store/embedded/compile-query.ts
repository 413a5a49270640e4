import type { JsonValue } from '#domain/kernel/index';
import { afterPrefix } from '../after-prefix.ts';
import { undeclared, unsortable } from '../indexed-fields.ts';
import type { Comparison, Query } from '../port.ts';
import { sortedBy, type ElementsTable, type Layout } from './layout.ts';
import { toKey, toSorted, toStored, type Stored } from './values.ts';

type Condition = Readonly<{ sql: string; values: readonly Stored[] }>;

/** One statement. A query is several where its page crosses from null to other values. */
export type Statement = Condition;

/** After every text: in SQLite blobs come after texts. */
const END_OF_TEXTS = "x''";

const range = (column: string, comparison: Comparison & { op: 'gt' | 'gte' | 'lt' | 'lte' }) => {
  const sign = { gt: '>', gte: '>=', lt: '<', lte: '<=' }[comparison.op];
  const isText = typeof comparison.value === 'string';
  const ofItsType = isText ? `${column} >= '' AND ${column} < ${END_OF_TEXTS}` : `${column} < ''`;
  return { sql: `${column} ${sign} ? AND ${ofItsType}`, values: [comparison.value] };
};

const prefixed = (column: string, prefix: string): Condition => {
  const end = afterPrefix(prefix);
  return end === undefined
    ? { sql: `${column} >= ? AND ${column} < ${END_OF_TEXTS}`, values: [prefix] }
    : { sql: `${column} >= ? AND ${column} < ?`, values: [prefix, end] };
};

const comparisonOn = (
  column: string,
  comparison: Comparison,
  stored: (value: JsonValue) => Stored,
): Condition => {
  switch (comparison.op) {
    case 'eq':
      return { sql: `${column} IS ?`, values: [stored(comparison.value)] };
    case 'in':
      return {
        sql: `${column} IN (SELECT value FROM json_each(?))`,
        values: [JSON.stringify(comparison.value)],
      };
    case 'prefix':
      return prefixed(column, comparison.value);
    default:
      return range(column, comparison);
  }
};

/** Comparisons of the whole document that an array's index begins with narrow the search in it. */
const leadingConditions = (
  table: ElementsTable,
  where: readonly Comparison[],
  alias = 'e',
): Condition[] => {
  const conditions: Condition[] = [];
  for (const [n, { field }] of table.leading.entries()) {
    const equal = where.find((each) => each.op === 'eq' && each.field === field);
    if (equal?.op !== 'eq') break;
    conditions.push({ sql: `${alias}.leading_${n} IS ?`, values: [toKey(equal.value, field)] });
  }
  return conditions;
};

const onElements = (
  table: ElementsTable,
  comparison: Comparison,
  where: readonly Comparison[],
): Condition => {
  const conditions = [
    ...leadingConditions(table, where, 'x'),
    comparisonOn('x.value', comparison, (value) => toKey(value, comparison.field)),
  ];
  const sql = conditions.map((condition) => condition.sql).join(' AND ');
  // The whole key, so that it is one look into the table.
  const sorted =
    table.order === undefined ? '' : ` AND x.sorted = ${sortedBy(`d.${table.order.column}`)}`;
  return {
    sql: `EXISTS (SELECT 1 FROM ${table.table} x WHERE ${sql}${sorted} AND x.id = d.id)`,
    values: conditions.flatMap(({ values }) => values),
  };
};

const columnOf = (layout: Layout, field: string): string | undefined =>
  field === 'id' ? 'd.id' : prefixD(layout.scalars.find((each) => each.field === field)?.column);
const prefixD = (column: string | undefined): string | undefined =>
  column === undefined ? undefined : `d.${column}`;

const conditionOf = (
  layout: Layout,
  comparison: Comparison,
  where: readonly Comparison[],
): Condition => {
  const column = columnOf(layout, comparison.field);
  if (column !== undefined) {
    return comparisonOn(column, comparison, (value) => toStored(value, comparison.field));
  }
  const table = layout.elements.find((each) => each.field === comparison.field);
  if (table === undefined) throw undeclared(comparison.field);
  return onElements(table, comparison, where);
};

const statement = (
  selected: string,
  layout: Layout,
  conditions: readonly Condition[],
  order: string,
): Statement => {
  const where = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
  return {
    sql: `SELECT ${selected} FROM ${layout.documents} d ${where === '' ? '' : `WHERE ${where}`} ${order}`,
    values: conditions.flatMap(({ values }) => values),
  };
};

/** What is after the last key of a page, as ranges to be read one after the other. */
const rangesAfter = (
  column: string,
  descending: boolean,
  after: NonNullable<Query['after']>,
): readonly Condition[] => {
  const sign = descending ? '<' : '>';
  const value = toStored(after.value, 'after');
  if (column === 'd.id') return [{ sql: `d.id ${sign} ?`, values: [after.id] }];
  const nulls: Condition = { sql: `${column} IS NULL`, values: [] };
  if (value !== null) {
    const rest: Condition = { sql: `(${column}, d.id) ${sign} (?, ?)`, values: [value, after.id] };
    return descending ? [rest, nulls] : [rest];
  }
  const rest: Condition = { sql: `${column} IS NULL AND d.id ${sign} ?`, values: [after.id] };
  return descending ? [rest] : [rest, { sql: `${column} IS NOT NULL`, values: [] }];
};

/**
 * The statements that answer a query, to be read in order until the page is full; each takes the number of
 * rows still wanted as its last value. Throws `TypeError` on a field that no index declares.
 */
export const compileFind = (layout: Layout, query: Query): readonly Statement[] => {
  const field = query.sort?.field ?? 'id';
  const column = columnOf(layout, field);
  if (column === undefined) throw unsortable(field);
  const descending = query.sort?.direction === 'desc';
  const direction = descending ? 'DESC' : 'ASC';
  const keys = column === 'd.id' ? ['d.id'] : [column, 'd.id'];
  const order = `ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')} LIMIT ?`;
  const byElements = pageByElements(layout, query);
  if (byElements !== undefined) return [byElements];
  const conditions = query.where.map((each) => conditionOf(layout, each, query.where));
  const ranges = query.after === undefined ? [] : rangesAfter(column, descending, query.after);
  if (ranges.length === 0) return [statement('d.body', layout, conditions, order)];
  return ranges.map((page) => statement('d.body', layout, [...conditions, page], order));
};

/** What is after the last key of a page in a table of elements, which holds no null. */
const elementsAfter = ({ order }: ElementsTable, { after, sort }: Query): readonly Condition[] => {
  if (after === undefined) return [];
  const sign = sort?.direction === 'desc' ? '<' : '>';
  return order === undefined
    ? [{ sql: `e.id ${sign} ?`, values: [after.id] }]
    : [
        {
          sql: `(e.sorted, e.id) ${sign} (?, ?)`,
          values: [toSorted(after.value, 'after'), after.id],
        },
      ];
};

/**
 * A page of the documents whose array has an element: read off the elements' own order, where that is the page's,
 * as most documents between two of the page may belong to others.
 */
const pageByElements = (layout: Layout, query: Query): Statement | undefined => {
  const field = query.sort?.field ?? 'id';
  for (const comparison of query.where) {
    if (comparison.op !== 'eq') continue;
    const table = layout.elements.find(
      (each) =>
        each.field === comparison.field &&
        (each.order?.field ?? 'id') === field &&
        leadingConditions(each, query.where).length === each.leading.length,
    );
    if (table === undefined) continue;
    const value = toKey(comparison.value, comparison.field);
    const others = query.where.filter((each) => each !== comparison);
    const direction = query.sort?.direction === 'desc' ? 'DESC' : 'ASC';
    const keys = table.order === undefined ? ['e.id'] : ['e.sorted', 'e.id'];
    const conditions: Condition[] = [
      ...leadingConditions(table, query.where),
      { sql: 'e.value IS ?', values: [value] },
      ...elementsAfter(table, query),
      ...others.map((each) => conditionOf(layout, each, query.where)),
    ];
    const where = conditions.map(({ sql }) => `(${sql})`).join(' AND ');
    return {
      sql: `SELECT d.body FROM ${table.table} e CROSS JOIN ${layout.documents} d ON d.id = e.id WHERE ${where} ORDER BY ${keys.map((key) => `${key} ${direction}`).join(', ')} LIMIT ?`,
      values: conditions.flatMap(({ values }) => values),
    };
  }
  return undefined;
};

export const compileCount = (layout: Layout, where: readonly Comparison[]): Statement => {
  const conditions = where.map((each) => conditionOf(layout, each, where));
  return statement('count(*) AS documents', layout, conditions, '');
};
