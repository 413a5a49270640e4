import type { Refusal, Result } from '#domain/kernel/index';

export const TABLE_FORMATS = ['csv', 'tsv', 'ndjson'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** What a first look through a file says: enough to read its rows without meeting a surprise. */
export type Table = Readonly<{
  format: TableFormat;
  columns: readonly string[];
  rows: number;
}>;

export type RowFaultCode =
  'ragged-row' | 'malformed-quotes' | 'malformed-json' | 'nested-value' | 'repeated-key';

/**
 * One data row; the first is number 1, and blank lines are none. Its cells stand in the order of the
 * table's columns. A row with a fault has no cells worth reading.
 */
export type Row = Readonly<{
  number: number;
  cells: readonly string[];
  fault: RowFaultCode | undefined;
}>;

export type TableFaultCode =
  | 'not-a-text-file'
  | 'invalid-utf8'
  | 'header-missing'
  | 'column-unnamed'
  | 'duplicate-column'
  | 'row-too-long'
  | 'unclosed-quote'
  | 'too-many-columns';

/** Why a whole file cannot be taken. `row` counts as in `Row`; absent where the fault lies before row 1. */
export type TableFault = Refusal<TableFaultCode> & Readonly<{ row?: number }>;
export type TableResult<T> = Result<T, TableFault>;

/** A row longer than this (in UTF-16 units) is nearly always a quote that nobody closed. */
export const LONGEST_ROW = 1_048_576;
export const MOST_COLUMNS = 1_000;

const ROW_FAULTS: Readonly<Record<RowFaultCode, string>> = {
  'ragged-row':
    'The row has more or fewer cells than there are columns: complete it, or quote its commas.',
  'malformed-quotes': 'Text follows a closing quote: write a quote inside quotes twice.',
  'malformed-json': 'The line is no JSON object: write one object a line.',
  'nested-value': 'A value is a list or an object: give text, a number, true, false or null.',
  'repeated-key': 'Two keys of the object are the same but for spaces around them: leave one out.',
};

/** What to do about a row that cannot be read. */
export const rowFaultMessage = (code: RowFaultCode): string => ROW_FAULTS[code];
