import { JsonLinesParser, type JsonLine } from './json-lines-parser.ts';
import { MOST_COLUMNS, type Row, type TableFault } from './table.ts';

const NO_CELLS: readonly string[] = [];

/** Rows of an NDJSON file: each key that occurs is a column, and a missing key an empty cell. */
export class JsonLinesReader {
  readonly #parser = new JsonLinesParser();
  readonly #places: Map<string, number>;
  #rows = 0;
  #fault: TableFault | undefined;

  constructor(columns: readonly string[]) {
    this.#places = new Map(columns.map((column, index) => [column, index]));
  }

  get columns(): readonly string[] {
    return [...this.#places.keys()];
  }

  get fault(): TableFault | undefined {
    return this.#fault;
  }

  feed(text: string): readonly Row[] {
    const rows = this.#parser.feed(text).map((line) => this.#row(line));
    if (this.#parser.isTooLong) {
      this.#fail({
        code: 'row-too-long',
        message: 'A line is longer than a million characters: write one object a line.',
        row: this.#rows + 1,
      });
    }
    return rows;
  }

  end(): readonly Row[] {
    const rows = this.#parser.end().map((line) => this.#row(line));
    if (this.#rows === 0) {
      this.#fail({
        code: 'header-missing',
        message: 'The file is empty: write one object a line.',
      });
    }
    return rows;
  }

  #row(line: JsonLine): Row {
    this.#rows += 1;
    if (typeof line === 'string') return { number: this.#rows, cells: NO_CELLS, fault: line };
    const cells: string[] = new Array<string>(this.#places.size).fill('');
    for (const [key, text] of line) cells[this.#placeOf(key)] = text;
    return { number: this.#rows, cells, fault: undefined };
  }

  #placeOf(key: string): number {
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(key, place);
    if (place >= MOST_COLUMNS) {
      this.#fail({
        code: 'too-many-columns',
        message: `There are more than ${String(MOST_COLUMNS)} different keys: leave out those that are not needed.`,
        row: this.#rows,
      });
    }
    return place;
  }

  #fail(fault: TableFault): void {
    this.#fault ??= fault;
  }
}
