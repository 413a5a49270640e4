import { ok, refuse } from '#domain/kernel/index';
import { otherKindOf } from './file-kind.ts';
import { rowReader, type RowReader } from './row-reader.ts';
import type { Row, Table, TableFault, TableFormat, TableResult } from './table.ts';
import { Utf8Text } from './utf8-text.ts';

export type Bytes = AsyncIterable<Uint8Array>;

const NOT_UTF8 =
  'From this row on the file is not UTF-8. Save it as “CSV UTF-8” and upload it again; nothing was imported.';

const notText = (kind: string): TableFault => ({
  code: 'not-a-text-file',
  message: `This is ${kind}. Upload a table as CSV, TSV or NDJSON in UTF-8.`,
});

/** Says of the first bytes of a file when they are no text at all: a picture, a workbook, an archive. */
export const headFault = (head: Uint8Array): TableFault | undefined => {
  const kind = otherKindOf(head);
  return kind === undefined ? undefined : notText(kind);
};

const faultOfText = (text: string, isValid: boolean, row: number): TableFault | undefined => {
  if (!isValid) return { code: 'invalid-utf8', message: NOT_UTF8, row };
  return text.includes('\0') ? { ...notText('a file with binary content'), row } : undefined;
};

/** All that is wrong with the file as a whole, in one reading that keeps nothing. */
class FirstReading {
  readonly #reader: RowReader;
  readonly #text = new Utf8Text();
  #rows = 0;
  #isFirst = true;
  readonly #format: TableFormat;

  constructor(format: TableFormat) {
    this.#format = format;
    this.#reader = rowReader(format);
  }

  feed(chunk: Uint8Array): TableFault | undefined {
    const kind = this.#isFirst ? headFault(chunk) : undefined;
    this.#isFirst = false;
    if (kind !== undefined) return kind;
    const { valid, text } = this.#text.feed(chunk);
    this.#rows += this.#reader.feed(text).length;
    return this.#reader.fault ?? faultOfText(text, valid, this.#rows + 1);
  }

  end(): TableResult<Table> {
    this.#rows += this.#reader.end().length;
    const fault = this.#reader.fault ?? faultOfText('', this.#text.isComplete, this.#rows);
    if (fault !== undefined) return refuse(fault);
    return ok({ format: this.#format, columns: this.#reader.columns, rows: this.#rows });
  }
}

/**
 * Reads a file once, keeping nothing, and says what table it is or why it is none, so that nothing of a
 * file that cannot be read whole is ever imported.
 */
export const inspectTable = async (
  bytes: Bytes,
  format: TableFormat,
): Promise<TableResult<Table>> => {
  const reading = new FirstReading(format);
  for await (const chunk of bytes) {
    const fault = reading.feed(chunk);
    if (fault !== undefined) return refuse(fault);
  }
  return reading.end();
};

/** The rows of an inspected file, a few at a time. Throws when the bytes are not those of that table. */
export async function* readRows(bytes: Bytes, table: Table): AsyncGenerator<readonly Row[], void> {
  const reader = rowReader(table.format, table.columns);
  const decoder = new Utf8Text();
  for await (const chunk of bytes) {
    const { valid, text } = decoder.feed(chunk);
    if (!valid) throw new Error('The file is not the one that was inspected.');
    const rows = reader.feed(text);
    if (rows.length > 0) yield rows;
  }
  const last = reader.end();
  if (reader.fault !== undefined) throw new Error('The file is not the one that was inspected.');
  if (last.length > 0) yield last;
}
