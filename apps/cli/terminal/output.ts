import type { Bilingual } from '#domain/kernel/index';
import type { ReaderLanguage } from '../language.ts';
import { jsonItems, linesOnly, type ItemWriter } from './item-writer.ts';

/** Where a command speaks: results on standard output, everything else on standard error. */
export type Streams = Readonly<{
  out: Pick<NodeJS.WriteStream, 'write'>;
  err: Pick<NodeJS.WriteStream, 'write'> & Readonly<{ isTTY?: boolean; columns?: number }>;
}>;

/** What a command has to say, in the reader's language or as one JSON document. */
export class Output {
  readonly language: ReaderLanguage;
  readonly json: boolean;
  readonly #streams: Streams;

  constructor(streams: Streams, { language, json }: { language: ReaderLanguage; json: boolean }) {
    this.#streams = streams;
    this.language = language;
    this.json = json;
  }

  /** True when somebody watches: only then is progress drawn. */
  get isWatched(): boolean {
    return !this.json && this.#streams.err.isTTY === true;
  }

  get columns(): number {
    return this.#streams.err.columns ?? 80;
  }

  /** The one result of a command: the document with `--json`, the lines for a person otherwise. */
  result(document: unknown, lines: readonly string[]): void {
    const text = this.json ? JSON.stringify(document, null, 2) : lines.join('\n');
    this.#streams.out.write(`${text}\n`);
  }

  /** A document that is one text, with `--json` or without: it is handed on as it stands. */
  document(text: string): void {
    this.#streams.out.write(`${text}\n`);
  }

  /** A result that grows with the data: written while it is found. */
  items(): ItemWriter {
    return this.json ? jsonItems(this.#streams.out) : linesOnly(this.#streams.out);
  }

  /** Said on the way, to a person only. */
  say(words: Bilingual): void {
    if (!this.json) this.#streams.err.write(`${words[this.language]}\n`);
  }

  /** Draws over the line where the cursor stands. */
  draw(line: string): void {
    if (this.isWatched) this.#streams.err.write(`\r\u001b[2K${line}`);
  }

  words(words: Bilingual): string {
    return words[this.language];
  }

  number(value: number): string {
    return value.toLocaleString(this.language === 'fr' ? 'fr-CA' : 'en-CA');
  }
}
