import { indexedFields, isArrayField } from '../indexed-fields.ts';
import type { ModelRef } from '../port.ts';

/** A field that queries may name, as a column of the documents' table. */
export type ScalarField = Readonly<{ path: readonly string[]; field: string; column: string }>;

/** The elements of an array field, with the scalar fields that stand before and after it in its index. */
export type ElementsTable = Readonly<{
  table: string;
  field: string;
  path: readonly string[];
  leading: readonly ScalarField[];
  /** The one by which pages are sorted. */
  order?: ScalarField;
}>;

/** The columns of a table of elements, all of them its key. */
export const elementColumns = ({ leading, order }: ElementsTable): readonly string[] => [
  ...leading.map((_, n) => `leading_${n}`),
  'value',
  ...(order === undefined ? [] : ['sorted']),
  'id',
];

/** How the documents of one generation lie in SQLite. */
export type Layout = Readonly<{
  documents: string;
  scalars: readonly ScalarField[];
  elements: readonly ElementsTable[];
  /** Makes the tables; enough to fill them. */
  create: string;
  /** Makes the indexes that queries need, from the documents that are there. */
  index: string;
  drop: string;
}>;

const ID: ScalarField = { field: 'id', path: ['id'], column: 'id' };

/** The layout that follows from a model's indexes. Throws `TypeError` on indexes that make no sense. */
export const layoutOf = (model: ModelRef, generation: number): Layout => {
  const documents = `documents_${generation}`;
  const scalars = indexedFields(model.indexes).scalars.map(({ field, path }, n) => ({
    ...{ field, path },
    column: `field_${n}`,
  }));
  const scalar = (field: string): ScalarField => scalars.find((each) => each.field === field) ?? ID;
  const elements = model.indexes
    .filter((index) => index.some(isArrayField))
    .map((index, n) => {
      const at = index.findIndex(isArrayField);
      const field = (index[at] ?? '').slice(0, -'[]'.length);
      const [order] = index.slice(at + 1).map(scalar);
      return {
        ...{ table: `elements_${generation}_${n}`, field, path: field.split('.') },
        leading: index.slice(0, at).map(scalar),
        ...(order !== undefined && order !== ID && { order }),
      };
    });
  const columnsOf = (index: readonly string[]): string =>
    [...new Set([...index.map((field) => scalar(field).column), 'id'])].join(', ');
  const plain = model.indexes.filter((index) => !index.some(isArrayField));
  return {
    documents,
    scalars,
    elements,
    create: createStatements(documents, scalars, elements),
    index: [
      ...plain.map(
        (index, n) => `CREATE INDEX ${documents}_${n} ON ${documents} (${columnsOf(index)});`,
      ),
      ...elements.map((table) => fillStatement(documents, table)),
    ].join('\n'),
    drop: [documents, ...elements.map(({ table }) => table)]
      .map((table) => `DROP TABLE IF EXISTS ${table};`)
      .join('\n'),
  };
};

/** What a table of elements holds of the field that it is sorted by: null is before all numbers, as in a page. */
export const sortedBy = (column: string): string => `coalesce(${column}, -9e999)`;

/**
 * The rows that `elementRows` gives for each document, in the order of the table, so that each is appended;
 * an element that an array holds twice is one row.
 * Nested arrays and objects are found by the writing of the document itself.
 */
const fillStatement = (documents: string, elements: ElementsTable): string => {
  const { table, path, leading, order } = elements;
  const at = `'$${path.map((name) => `."${name.replaceAll("'", "''")}"`).join('')}'`;
  const keys = leading.map(({ column }) => `coalesce(d.${column}, x'')`);
  const value = `CASE e.type WHEN 'true' THEN x'01' WHEN 'false' THEN x'00' WHEN 'null' THEN x'' ELSE coalesce(e.value, x'') END`;
  const sorted = order === undefined ? [] : [sortedBy(`d.${order.column}`)];
  return `INSERT OR IGNORE INTO ${table}
     SELECT ${[...keys, value, ...sorted, 'd.id'].join(', ')} FROM ${documents} d LEFT JOIN json_each(d.body, ${at}) e
     WHERE e.type IS NOT NULL OR json_type(d.body, ${at}) IS NULL
     ORDER BY ${elementColumns(elements)
       .map((_, n) => n + 1)
       .join(', ')};`;
};

// The columns have no declared type, so SQLite keeps each value's own.
const createStatements = (
  documents: string,
  scalars: readonly ScalarField[],
  elements: readonly ElementsTable[],
): string => {
  const columns = scalars.map(({ column }) => `, ${column}`).join('');
  const tables = elements.map((each) => {
    const key = elementColumns(each).join(', ');
    return `CREATE TABLE ${each.table} (${key}, PRIMARY KEY (${key})) WITHOUT ROWID;`;
  });
  return [
    `CREATE TABLE ${documents} (id TEXT PRIMARY KEY, position TEXT NOT NULL, body TEXT NOT NULL${columns});`,
    ...tables,
  ].join('\n');
};
