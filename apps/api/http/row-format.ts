/** How the rows of a streamed answer are written: what comes first, and each row. */
export type RowFormat<Row> = Readonly<{
  contentType: string;
  head: string;
  line: (row: Row) => string;
}>;

type Cell = string | number | boolean | undefined;

/** What a spreadsheet would take for a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell of a CSV file (RFC 4180). A text that a spreadsheet would run gets an apostrophe in front. */
export const csvCell = (value: Cell): string => {
  if (value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** CSV with a header line; each column is a name and what stands in it. */
export const csvOf = <Row>(
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): RowFormat<Row> => ({
  contentType: 'text/csv; charset=utf-8; header=present',
  head: `${Object.keys(columns).join(',')}\r\n`,
  line: (row) =>
    `${Object.values(columns)
      .map((column) => csvCell(column(row)))
      .join(',')}\r\n`,
});

/** One JSON document a line. */
export const NDJSON: RowFormat<unknown> = {
  contentType: 'application/x-ndjson; charset=utf-8',
  head: '',
  line: (row) => `${JSON.stringify(row)}\n`,
};

/** The first form of the list in an `Accept` header that there is; undefined when there is none. */
export const acceptedForm = (accept: string | undefined): 'ndjson' | 'csv' | undefined => {
  const wanted = (accept ?? '*/*').split(',').map((each) => each.split(';', 1)[0]?.trim());
  for (const type of wanted) {
    const form = TAKEN.get(type ?? '');
    if (form !== undefined) return form;
  }
  return undefined;
};

const TAKEN: ReadonlyMap<string, 'ndjson' | 'csv'> = new Map([
  ['application/x-ndjson', 'ndjson'],
  ['text/csv', 'csv'],
  ['application/*', 'ndjson'],
  ['text/*', 'csv'],
  ['*/*', 'ndjson'],
]);
