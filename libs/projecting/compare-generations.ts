import type { JsonValue } from '#domain/kernel/index';
import type { DocumentText, Generation } from '#libs/read-store/port';

/** A document that two generations tell differently. Names fields only: their values can be personal. */
export type Difference = Readonly<{ id: string; paths: readonly string[] }>;

export type Comparison = Readonly<{
  documents: number;
  differing: number;
  /** The first of them. */
  differences: readonly Difference[];
}>;

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

/** Every document in order of id. */
async function* documentsOf(
  generation: Generation,
  keep: () => Promise<void>,
): AsyncGenerator<DocumentText, undefined> {
  for (let after: string | undefined; ;) {
    await keep();
    const page = await generation.scan(after, PAGE_SIZE);
    yield* page;
    if (page.length < PAGE_SIZE) return undefined;
    after = page.at(-1)?.id;
  }
}

const WHOLE_DOCUMENT = '(document)';

/** Which of two documents comes first; both when they have one id. Ids are ASCII. */
const nextPair = (
  a: DocumentText | undefined,
  b: DocumentText | undefined,
): [a: DocumentText | undefined, b: DocumentText | undefined] => {
  if (a === undefined || b === undefined || a.id === b.id) return [a, b];
  return a.id < b.id ? [a, undefined] : [undefined, b];
};

/** Nearly all pairs have one text, so that only the others are parsed. */
const pathsOf = (
  before: DocumentText | undefined,
  after: DocumentText | undefined,
): readonly string[] => {
  if (before === undefined || after === undefined) return [WHOLE_DOCUMENT];
  if (before.text === after.text) return [];
  return differingPaths(JSON.parse(before.text), JSON.parse(after.text));
};

/** Compares document for document. Nothing may be applied to either in the meantime. */
export const compareGenerations = async (
  serving: Generation,
  rebuilt: Generation,
  /** Called before each page; may throw to end the comparison. */
  keep: () => Promise<void>,
): Promise<Comparison> => {
  const left = documentsOf(serving, keep);
  const right = documentsOf(rebuilt, keep);
  const differences: Difference[] = [];
  let documents = 0;
  let differing = 0;
  let a = (await left.next()).value;
  let b = (await right.next()).value;
  while (a !== undefined || b !== undefined) {
    const [before, after] = nextPair(a, b);
    const paths = pathsOf(before, after);
    if (paths.length > 0) {
      differing += 1;
      const id = (before ?? after)?.id ?? '';
      if (differences.length < DIFFERENCES_KEPT) differences.push({ id, paths });
    }
    if (after !== undefined) documents += 1;
    if (before !== undefined) a = (await left.next()).value;
    if (after !== undefined) b = (await right.next()).value;
  }
  return { documents, differing, differences };
};
