import { LONGEST_ROW, type RowFaultCode } from './table.ts';

export type JsonLine = ReadonlyMap<string, string> | RowFaultCode;

const textOf = (value: unknown): string | undefined => {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return undefined;
};

const objectOf = (line: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const readLine = (line: string): JsonLine => {
  const object = objectOf(line);
  if (object === undefined) return 'malformed-json';
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) {
    const text = textOf(value);
    if (text === undefined) return 'nested-value';
    if (cells.has(key.trim())) return 'repeated-key';
    cells.set(key.trim(), text);
  }
  return cells;
};

/** One JSON object a line (NDJSON), fed in pieces; values become the text that a cell would hold. */
export class JsonLinesParser {
  #rest = '';

  /** Lines completed by this piece; blank ones are skipped. */
  feed(text: string): readonly JsonLine[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter((line) => line.trim() !== '').map(readLine);
  }

  end(): readonly JsonLine[] {
    const rest = this.#rest;
    this.#rest = '';
    return rest.trim() === '' ? [] : [readLine(rest)];
  }

  get isTooLong(): boolean {
    return this.#rest.length > LONGEST_ROW;
  }
}
