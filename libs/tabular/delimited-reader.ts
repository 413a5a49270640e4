import { columnsOf, delimiterOf } from './columns.ts';
import { DelimitedParser, type ParsedRow } from './delimited-parser.ts';
import { LONGEST_ROW, type Row, type RowFaultCode, type TableFault } from './table.ts';

const FAULTS = {
  tooLong: {
    code: 'row-too-long',
    message:
      'A row is longer than a million characters: probably a quote is opened and never closed.',
  },
  unclosed: {
    code: 'unclosed-quote',
    message: 'The file ends inside quotes: close the quote that this row opens, or write it twice.',
  },
  empty: {
    code: 'header-missing',
    message: 'The file is empty. Its first line must name the columns.',
  },
} as const satisfies Record<string, TableFault>;

const NO_CELLS: readonly string[] = [];

/** Rows of a CSV or TSV file; the first one names the columns. */
export class DelimitedReader {
  #parser: DelimitedParser | undefined;
  /** Text before the first line is complete, which says what the delimiter is. */
  #start = '';
  #columns: readonly string[] | undefined;
  #rows = 0;
  #fault: TableFault | undefined;

  constructor(delimiter: string | undefined) {
    if (delimiter !== undefined) this.#parser = new DelimitedParser(delimiter);
  }

  get columns(): readonly string[] {
    return this.#columns ?? [];
  }

  get fault(): TableFault | undefined {
    return this.#fault;
  }

  feed(text: string): readonly Row[] {
    const parser = this.#parser ?? this.#choose(text);
    if (parser === undefined) return [];
    const rows = this.#take(parser.feed(this.#parser === parser ? text : this.#begun(parser)));
    if (parser.isTooLong) this.#fail(FAULTS.tooLong);
    return rows;
  }

  end(): readonly Row[] {
    const parser = this.#parser ?? new DelimitedParser(delimiterOf(this.#start));
    const rows = [...this.#take(parser.feed(this.#start)), ...this.#take(parser.end())];
    if (parser.isUnclosed) this.#fail(FAULTS.unclosed);
    else if (this.#columns === undefined) this.#fail(FAULTS.empty);
    return rows;
  }

  #choose(text: string): DelimitedParser | undefined {
    this.#start += text;
    const firstBreak = this.#start.indexOf('\n');
    if (firstBreak !== -1)
      return new DelimitedParser(delimiterOf(this.#start.slice(0, firstBreak)));
    if (this.#start.length > LONGEST_ROW) this.#fail(FAULTS.tooLong);
    return undefined;
  }

  #begun(parser: DelimitedParser): string {
    this.#parser = parser;
    const start = this.#start;
    this.#start = '';
    return start;
  }

  #take(parsed: readonly ParsedRow[]): readonly Row[] {
    const header = this.#columns === undefined ? parsed[0] : undefined;
    if (header === undefined) return parsed.map((row) => this.#number(row));
    this.#name(header);
    return parsed.slice(1).map((row) => this.#number(row));
  }

  #name(header: ParsedRow): void {
    const columns = columnsOf(header.cells);
    if (columns.ok) this.#columns = columns.value;
    else this.#fail(columns.error);
  }

  #number({ cells, malformed }: ParsedRow): Row {
    this.#rows += 1;
    const isRagged = cells.length !== this.columns.length;
    const fault: RowFaultCode | undefined = malformed
      ? 'malformed-quotes'
      : isRagged
        ? 'ragged-row'
        : undefined;
    return { number: this.#rows, cells: fault === undefined ? cells : NO_CELLS, fault };
  }

  /** The first fault is the one that explains the others. */
  #fail(fault: TableFault): void {
    const isInRows = this.#columns !== undefined;
    this.#fault ??= isInRows ? { ...fault, row: this.#rows + 1 } : fault;
  }
}
