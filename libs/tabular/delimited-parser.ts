import { LONGEST_ROW } from './table.ts';

const QUOTE = 34;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Cells of one row as written; `malformed` when text followed a closing quote. */
export type ParsedRow = Readonly<{ cells: readonly string[]; malformed: boolean }>;

/**
 * Cells between delimiters, with quotes as in RFC 4180, fed in pieces. Takes lines that end in LF or
 * CR LF, and skips blank ones. Looks for plain cells unit by unit and for the end of quoted ones by
 * `indexOf`, which is what makes it several times faster than a general parser: an import spends its time
 * elsewhere. A specification compares it with one.
 */
export class DelimitedParser {
  readonly #delimiter: number;
  /** The text of a row whose end has not come yet. */
  #rest = '';
  #text = '';
  #at = 0;
  #isLast = false;
  #malformed = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Rows completed by this piece. */
  feed(text: string): readonly ParsedRow[] {
    return this.#parse(this.#rest + text, false);
  }

  /** The last row, where the file does not end with a line break. */
  end(): readonly ParsedRow[] {
    return this.#rest === '' ? [] : this.#parse(this.#rest, true);
  }

  /** Whether a row has become longer than any honest one. */
  get isTooLong(): boolean {
    return this.#rest.length > LONGEST_ROW;
  }

  /** After `end()`: whether the file ended inside quotes. */
  get isUnclosed(): boolean {
    return this.#rest !== '';
  }

  #parse(text: string, isLast: boolean): readonly ParsedRow[] {
    this.#text = text;
    this.#isLast = isLast;
    this.#at = 0;
    this.#rest = '';
    const rows: ParsedRow[] = [];
    while (this.#at < text.length) {
      const start = this.#at;
      const cells = this.#row();
      if (cells === undefined) {
        this.#rest = text.slice(start);
        break;
      }
      if (cells.length > 1 || cells[0] !== '') rows.push({ cells, malformed: this.#malformed });
    }
    this.#text = '';
    return rows;
  }

  /** One row, or undefined when the text ends before it does. */
  #row(): string[] | undefined {
    const cells: string[] = [];
    this.#malformed = false;
    for (;;) {
      const isQuoted = this.#text.charCodeAt(this.#at) === QUOTE;
      const cell = isQuoted ? this.#quotedCell() : this.#plainCell('');
      if (cell === undefined) return undefined;
      cells.push(cell);
      if (this.#text.charCodeAt(this.#at) !== this.#delimiter) break;
      this.#at += 1;
      if (this.#at === this.#text.length) {
        if (!this.#isLast) return undefined;
        cells.push('');
        break;
      }
    }
    this.#at += 1;
    return cells;
  }

  /** From here to the next delimiter or line break, which `#at` stands on afterwards. */
  #plainCell(before: string): string | undefined {
    const text = this.#text;
    const delimiter = this.#delimiter;
    let end = this.#at;
    let unit = 0;
    while (end < text.length) {
      unit = text.charCodeAt(end);
      if (unit === delimiter || unit === LINE_FEED) break;
      end += 1;
    }
    if (end === text.length && !this.#isLast) return undefined;
    const isCrLf =
      unit !== delimiter && end > this.#at && text.charCodeAt(end - 1) === CARRIAGE_RETURN;
    const cell = text.slice(this.#at, isCrLf ? end - 1 : end);
    this.#at = end;
    return before === '' ? cell : before + cell;
  }

  #quotedCell(): string | undefined {
    const text = this.#text;
    let cell = '';
    let from = this.#at + 1;
    for (;;) {
      const quote = text.indexOf('"', from);
      // A quote at the very end may be the first of two.
      if (quote === -1 || (quote === text.length - 1 && !this.#isLast)) return undefined;
      cell += text.slice(from, quote);
      from = quote + 1;
      if (text.charCodeAt(from) !== QUOTE) break;
      cell += '"';
      from += 1;
    }
    this.#at = from;
    return this.#afterQuote(cell);
  }

  #afterQuote(cell: string): string | undefined {
    const unit = this.#text.charCodeAt(this.#at);
    if (unit === this.#delimiter || unit === LINE_FEED || Number.isNaN(unit)) return cell;
    const whole = this.#plainCell(cell);
    if (whole !== undefined && whole !== cell) this.#malformed = true;
    return whole;
  }
}
