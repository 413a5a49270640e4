import type { RowAnswer } from './import.dto.ts';

/** How rows are written: what comes first, and each row. */
export type RowFormat = Readonly<{
  contentType: string;
  head: string;
  line: (row: RowAnswer) => string;
}>;

const COLUMNS = ['row', 'email', 'recipientId', 'outcome', 'code', 'message'] as const;

/** What a spreadsheet would take for a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;

/** A cell of a CSV file (RFC 4180). A text that a spreadsheet would run gets an apostrophe in front. */
export const csvCell = (value: string | number | undefined): string => {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const CSV: RowFormat = {
  contentType: 'text/csv; charset=utf-8; header=present',
  head: `${COLUMNS.join(',')}\r\n`,
  line: (row) => `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`,
};
const NDJSON: RowFormat = {
  contentType: 'application/x-ndjson; charset=utf-8',
  head: '',
  line: (row) => `${JSON.stringify(row)}\n`,
};

const TAKEN: readonly (readonly [type: string, format: RowFormat])[] = [
  ['application/x-ndjson', NDJSON],
  ['text/csv', CSV],
  ['application/*', NDJSON],
  ['text/*', CSV],
  ['*/*', NDJSON],
];

/** The first format of the list in an `Accept` header that there is; undefined when there is none. */
export const acceptedFormat = (accept: string | undefined): RowFormat | undefined => {
  const wanted = (accept ?? '*/*').split(',').map((each) => each.split(';', 1)[0]?.trim());
  for (const type of wanted) {
    const format = TAKEN.find(([name]) => name === type)?.[1];
    if (format !== undefined) return format;
  }
  return undefined;
};
