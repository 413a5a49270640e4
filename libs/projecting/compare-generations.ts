import type { JsonValue } from '#domain/kernel/index';
import type { DocumentText, Generation } from '#libs/read-store/port';

/**
 * How a document that serves is not what the ledger says: it tells other things, it is missing, or it is there
 * although it should not be.
 */
export type DifferenceKind = 'differing' | 'missing' | 'extra';

/** Names documents and fields only, never a value: values can be personal. Ids of documents are not. */
export type Difference = Readonly<{
  id: string;
  kind: DifferenceKind;
  /** Of a differing document, the fields that differ. */
  paths: readonly string[];
}>;

export type Comparison = Readonly<{
  /** Documents that the ledger gives. */
  documents: number;
  same: number;
  differing: number;
  missing: number;
  extra: number;
  /** The first of those that are not the same. */
  differences: readonly Difference[];
}>;

/** Whether what serves is what the ledger says, document for document. */
export const isEqual = ({ differing, missing, extra }: Comparison): boolean =>
  differing + missing + extra === 0;

const NO_DIFFERENCE = { differing: 0, missing: 0, extra: 0, differences: [] };
const PAGE_SIZE = 5_000;
const DIFFERENCES_KEPT = 100;

const isObject = (value: unknown): value is Readonly<Record<string, JsonValue | undefined>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths at which two values differ; the order of an object's fields does not count. */
export const differingPaths = (a: unknown, b: unknown, path = ''): readonly string[] => {
  if (isObject(a) && isObject(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return names.flatMap((name) =>
      differingPaths(a[name], b[name], path === '' ? name : `${path}.${name}`),
    );
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const same =
      a.length === b.length && a.every((each, n) => differingPaths(each, b[n]).length === 0);
    return same ? [] : [path];
  }
  return a === b ? [] : [path];
};

/** Goes through the documents of a generation in order of id. */
class Cursor {
  readonly #generation: Generation;
  #page: readonly DocumentText[] = [];
  #index = 0;
  #isLastPage = false;

  constructor(generation: Generation) {
    this.#generation = generation;
  }

  get current(): DocumentText | undefined {
    return this.#page[this.#index];
  }

  /** True when the next page has to be read. */
  get isSpent(): boolean {
    return this.#index >= this.#page.length && !this.#isLastPage;
  }

  moveOn(): void {
    this.#index += 1;
  }

  async readPage(): Promise<void> {
    this.#page = await this.#generation.scan(this.#page.at(-1)?.id, PAGE_SIZE);
    this.#index = 0;
    this.#isLastPage = this.#page.length < PAGE_SIZE;
  }
}

/** Which of two documents comes first; both when they have one id. Ids are ASCII. */
const nextPair = (
  a: DocumentText | undefined,
  b: DocumentText | undefined,
): [a: DocumentText | undefined, b: DocumentText | undefined] => {
  if (a === undefined || b === undefined || a.id === b.id) return [a, b];
  return a.id < b.id ? [a, undefined] : [undefined, b];
};

/** Nearly all pairs have one text, so that only the others are parsed. Undefined when there is no difference. */
const differenceOf = (
  serving: DocumentText | undefined,
  rebuilt: DocumentText | undefined,
): Difference | undefined => {
  if (serving === undefined || rebuilt === undefined) {
    const id = (serving ?? rebuilt)?.id ?? '';
    return { id, kind: serving === undefined ? 'missing' : 'extra', paths: [] };
  }
  if (serving.text === rebuilt.text) return undefined;
  const paths = differingPaths(JSON.parse(serving.text), JSON.parse(rebuilt.text));
  return paths.length === 0 ? undefined : { id: serving.id, kind: 'differing', paths };
};

const readSpent = async (cursors: readonly Cursor[], keep: () => Promise<void>): Promise<void> => {
  await keep();
  for (const cursor of cursors) if (cursor.isSpent) await cursor.readPage();
};

class Tally {
  readonly #counts = { documents: 0, same: 0, differing: 0, missing: 0, extra: 0 };
  readonly #differences: Difference[] = [];

  count(serving: DocumentText | undefined, rebuilt: DocumentText | undefined): void {
    if (rebuilt !== undefined) this.#counts.documents += 1;
    const difference = differenceOf(serving, rebuilt);
    this.#counts[difference?.kind ?? 'same'] += 1;
    if (difference !== undefined && this.#differences.length < DIFFERENCES_KEPT) {
      this.#differences.push(difference);
    }
  }

  comparison(): Comparison {
    return { ...this.#counts, differences: this.#differences };
  }
}

/** Compares document for document. Nothing may be applied to either in the meantime. */
export const compareGenerations = async (
  serving: Generation,
  rebuilt: Generation,
  /** Called before each page; may throw to end the comparison. */
  keep: () => Promise<void>,
): Promise<Comparison> => {
  if (await serving.equals(rebuilt, keep)) {
    const documents = await rebuilt.count([]);
    return { documents, same: documents, ...NO_DIFFERENCE };
  }
  const left = new Cursor(serving);
  const right = new Cursor(rebuilt);
  const tally = new Tally();
  for (;;) {
    // Only now and then: a turn of the event loop for each document costs more than comparing it.
    if (left.isSpent || right.isSpent) await readSpent([left, right], keep);
    const [before, after] = nextPair(left.current, right.current);
    if (before === undefined && after === undefined) return tally.comparison();
    tally.count(before, after);
    if (before !== undefined) left.moveOn();
    if (after !== undefined) right.moveOn();
  }
};
