import type { JsonValue } from '#domain/kernel/index';
import type { Change, Document } from '../change.ts';
import type { Batch, Comparison, Query } from '../port.ts';

/**
 * What a read store must do, said as plainly as possible and without regard to speed. Rules are those of
 * MongoDB: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export type ReferenceModel = Readonly<{
  apply: (batch: Batch) => void;
  documents: () => readonly Document[];
  find: (query: Query) => readonly Document[];
  count: (where: readonly Comparison[]) => number;
}>;

type Fields = Record<string, JsonValue | undefined>;

export const referenceModel = (): ReferenceModel => {
  const documents = new Map<string, Fields>();
  const positions = new Map<string, string>();
  const apply = (batch: Batch): void => {
    for (const { position, changes } of batch.changes) {
      const fresh = changes.filter(({ id }) => position > (positions.get(id) ?? ''));
      for (const change of fresh) applyChange(documents, change);
      for (const { id } of fresh) {
        if (documents.has(id)) positions.set(id, position);
        else positions.delete(id);
      }
    }
  };
  const all = (): Document[] =>
    [...documents.values()].map((each) => structuredClone(each) as Document).sort(byId);
  const matching = (where: readonly Comparison[]): Document[] =>
    all().filter((document) => where.every((comparison) => holds(document, comparison)));
  return {
    apply,
    documents: all,
    count: (where) => matching(where).length,
    find: ({ where, sort, after, limit }) => {
      const field = sort?.field ?? 'id';
      const order = keyOrder(sort?.direction === 'desc' ? -1 : 1);
      const key = (document: Document): Key => [valueOf(document, field), document.id];
      return matching(where)
        .sort((a, b) => order(key(a), key(b)))
        .filter((each) =>
          after === undefined ? true : order(key(each), [after.value, after.id]) > 0,
        )
        .slice(0, limit);
    },
  };
};

const applyChange = (documents: Map<string, Fields>, change: Change): void => {
  if (change.op === 'delete') {
    documents.delete(change.id);
    return;
  }
  const document = documents.get(change.id) ?? { id: change.id };
  documents.set(change.id, document);
  for (const [path, value] of Object.entries(change.set ?? {})) write(document, path, value);
  for (const path of change.unset ?? []) erase(document, path);
  for (const [path, by] of Object.entries(change.inc ?? {})) {
    write(document, path, Number(valueOf(document, path) ?? 0) + by);
  }
  for (const [path, given] of Object.entries(change.max ?? {})) {
    const stored = valueOf(document, path);
    if (stored === undefined || compare(given, stored) > 0) write(document, path, given);
  }
  for (const [path, added] of Object.entries(change.addToSet ?? {})) {
    const stored = (valueOf(document, path) ?? []) as readonly JsonValue[];
    write(document, path, [...new Set([...stored, ...added])]);
  }
  for (const [path, leaving] of Object.entries(change.pull ?? {})) {
    const stored = valueOf(document, path) as readonly JsonValue[] | undefined;
    const stays = stored?.filter((each) => !(leaving as readonly JsonValue[]).includes(each));
    if (stays !== undefined) write(document, path, stays);
  }
};

const valueOf = (document: Fields, path: string): JsonValue | undefined =>
  path.split('.').reduce<JsonValue | undefined>((at, name) => {
    const inside = typeof at === 'object' && at !== null && !Array.isArray(at);
    return inside ? (at as Fields)[name] : undefined;
  }, document);

const write = (document: Fields, path: string, value: JsonValue): void => {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    document[name] = structuredClone(value);
    return;
  }
  const child = (document[name] ??= {}) as Fields;
  write(child, rest.join('.'), value);
};

const erase = (document: Fields, path: string): void => {
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.length === 0 ? document : valueOf(document, names.join('.'));
  if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, last);
};

const rank = (value: JsonValue | undefined): number => {
  if (value === undefined || value === null) return 0;
  return { number: 1, string: 2, object: 3, boolean: 4 }[typeof value as 'number'];
};

const compare = (a: JsonValue | undefined, b: JsonValue | undefined): number => {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string' && typeof b === 'string') {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return Number(a ?? 0) - Number(b ?? 0);
};

const byId = (a: Document, b: Document): number => compare(a.id, b.id);

type Key = readonly [value: JsonValue | undefined, id: string];
const keyOrder =
  (sign: 1 | -1) =>
  (a: Key, b: Key): number =>
    sign * (compare(a[0], b[0]) || compare(a[1], b[1]));

const holds = (document: Document, comparison: Comparison): boolean => {
  const value = valueOf(document, comparison.field);
  const candidates = Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
  return candidates.some((each) => satisfies(each, comparison));
};

const satisfies = (value: JsonValue | undefined, comparison: Comparison): boolean => {
  switch (comparison.op) {
    case 'eq':
      return rank(value) === rank(comparison.value) && compare(value, comparison.value) === 0;
    case 'in':
      return (comparison.value as readonly (JsonValue | undefined)[]).includes(value);
    case 'prefix':
      return typeof value === 'string' && value.startsWith(comparison.value);
    default:
      return rank(value) === rank(comparison.value) && inRange(value, comparison);
  }
};

const inRange = (
  value: JsonValue | undefined,
  { op, value: bound }: Extract<Comparison, { op: 'gt' | 'gte' | 'lt' | 'lte' }>,
): boolean => {
  const order = compare(value, bound);
  return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[op];
};
