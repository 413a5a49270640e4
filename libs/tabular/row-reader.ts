import { DelimitedReader } from './delimited-reader.ts';
import { JsonLinesReader } from './json-lines-reader.ts';
import type { Row, TableFault, TableFormat } from './table.ts';

/** Turns pieces of text into rows. Once `fault` says something, the rest of the file is not worth reading. */
export type RowReader = Readonly<{
  feed: (text: string) => readonly Row[];
  end: () => readonly Row[];
  /** Known once a row was given; those of NDJSON grow with each new key. */
  columns: readonly string[];
  fault: TableFault | undefined;
}>;

/** `columns` are those of a first reading; they fix the order of the cells in NDJSON. */
export const rowReader = (format: TableFormat, columns: readonly string[] = []): RowReader => {
  switch (format) {
    case 'csv':
      return new DelimitedReader(undefined);
    case 'tsv':
      return new DelimitedReader('\t');
    case 'ndjson':
      return new JsonLinesReader(columns);
  }
};
