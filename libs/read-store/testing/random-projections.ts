import fc from 'fast-check';
import type { JsonValue } from '#domain/kernel/index';
import type { Change, Document } from '../change.ts';
import type { Batch, Comparison, ModelRef, Query } from '../port.ts';
import type { Derive, Index } from '../projection.ts';
import { position } from './random-changes.ts';

/** Something that happened to one of a few subjects, with a text, a number and values of any kind. */
export type RandomEvent = Readonly<{
  topic: string;
  subject: string;
  text: string;
  number: number;
  values: readonly (string | number)[];
  anything: JsonValue;
}>;

export type RandomProjection = Readonly<{
  model: ModelRef;
  project: (event: RandomEvent) => readonly Change[];
}>;

// No characters after the surrogates: mingo, unlike MongoDB, compares texts by their UTF-16.
const text = fc.constantFrom(
  '',
  'a',
  'a.b',
  'aB',
  'ab',
  'abc',
  'b',
  '$a',
  '10',
  'é',
  '日本',
  '\u{1F4E7}',
);
const number = fc.constantFrom(-(2 ** 53 - 1), -1.5, -1, 0, 1e-7, 1, 2, 10, 2 ** 31, 2 ** 40 + 0.5);
const scalar: fc.Arbitrary<JsonValue> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  { weight: 5, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('a', 'b'), scalar, { noNullPrototype: true }),
  },
);

const TOPICS = ['one', 'two', 'three'] as const;
const SCALARS = ['kind', 'inner.value', 'inner.deep.count', 'when', 'free'] as const;
const ARRAYS = ['tags', 'inner.tags'] as const;

const event: fc.Arbitrary<RandomEvent> = fc.record({
  topic: fc.constantFrom(...TOPICS),
  subject: fc.constantFrom('1', '2', '3', 'x', 'é', '日本', '\u{1F4E7}'),
  text,
  number,
  values: fc.array(fc.oneof(text, number), { maxLength: 3 }),
  anything,
});

/** What a projection does with an event, one of each at most to a path. */
type Rule = (event: RandomEvent) => Partial<Extract<Change, { op: 'upsert' }>> | 'delete';

const ruleOn = (field: string): fc.Arbitrary<Rule> =>
  fc.constantFrom<Rule>(
    ({ anything: value }) => ({ set: { [field]: value } }),
    (given) => ({ set: { [field]: given.text } }),
    (given) => ({ set: { [field]: given.number } }),
    () => ({ unset: [field] }),
    (given) => ({ inc: { [field]: given.number } }),
    (given) => ({ max: { [field]: given.number } }),
    (given) => ({ max: { [field]: given.text } }),
  );
const ruleOnArray = (field: string): fc.Arbitrary<Rule> =>
  fc.constantFrom<Rule>(
    // Each once: mingo's $addToSet, unlike MongoDB's, would make that so.
    ({ values }) => ({ set: { [field]: [...new Set(values)] } }),
    ({ values }) => ({ addToSet: { [field]: values } }),
    ({ values }) => ({ pull: { [field]: values } }),
    () => ({ unset: [field] }),
  );

const rule: fc.Arbitrary<Rule> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...SCALARS).chain(ruleOn) },
  { weight: 3, arbitrary: fc.constantFrom(...ARRAYS).chain(ruleOnArray) },
  { weight: 1, arbitrary: fc.constant<Rule>(() => 'delete') },
);

const index: fc.Arbitrary<Index> = fc
  .tuple(
    fc.subarray([...SCALARS, 'derived', 'id']),
    fc.option(fc.constantFrom(...ARRAYS)),
    fc.boolean(),
  )
  .map(([scalars, array, isSorted]) =>
    array === null ? scalars : scalars.toSpliced(isSorted ? -1 : scalars.length, 0, `${array}[]`),
  )
  .filter((fields) => fields.length > 0);

/** How many fields a document has, and none where it has one only. */
const derived: Derive = (document: Document) => {
  const { derived: _, ...others } = document;
  const count = Object.keys(others).length - 1;
  return { derived: count > 1 ? count : undefined };
};

const projection: fc.Arbitrary<RandomProjection> = fc
  .record({
    indexes: fc.array(index, { minLength: 1, maxLength: 4 }),
    rules: fc.record({
      one: fc.array(rule, { minLength: 1, maxLength: 3 }),
      two: fc.array(rule, { minLength: 1, maxLength: 3 }),
      three: fc.array(rule, { minLength: 1, maxLength: 3 }),
    }),
    derives: fc.boolean(),
  })
  .map(({ indexes, rules, derives }) => ({
    model: { name: 'random', version: 1, indexes, ...(derives ? { derive: derived } : {}) },
    project: (given) =>
      rules[given.topic as keyof typeof rules].map((each): Change => {
        const { subject: id } = given;
        const parts = each(given);
        return parts === 'delete' ? { op: 'delete', id } : { op: 'upsert', id, ...parts };
      }),
  }));

const comparison = (field: string): fc.Arbitrary<Comparison> =>
  fc.oneof(
    fc.record({ field: fc.constant(field), op: fc.constant('eq' as const), value: scalar }),
    fc.record({
      field: fc.constant(field),
      op: fc.constant('in' as const),
      value: fc.array(fc.oneof(text, number), { maxLength: 4 }),
    }),
    fc.record({
      field: fc.constant(field),
      op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
      value: fc.oneof(text, number),
    }),
    fc.record({ field: fc.constant(field), op: fc.constant('prefix' as const), value: text }),
  );

const queriesOf = ({ indexes }: ModelRef): fc.Arbitrary<Query> => {
  const fields = [...new Set(['id', ...indexes.flat()])];
  const sortable = fields.filter((field) => !field.endsWith('[]'));
  const asked = fields.map((field) => field.replace('[]', ''));
  return fc
    .record({
      where: fc.array(fc.constantFrom(...asked).chain(comparison), { maxLength: 3 }),
      sort: fc.option(
        fc.record({
          field: fc.constantFrom(...sortable),
          direction: fc.constantFrom('asc' as const, 'desc' as const),
        }),
      ),
      limit: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ sort, ...query }) => (sort === null ? query : { ...query, sort }));
};

const batchesOf = (
  { project }: RandomProjection,
  events: readonly RandomEvent[],
  size: number,
): readonly Batch[] => {
  const entries = events.map((each, n) => ({ position: position(n + 1), changes: project(each) }));
  const batches: Batch[] = [];
  for (let from = 0; from < entries.length; from += size) {
    const changes = entries.slice(from, from + size);
    const checkpoint = changes.at(-1)?.position;
    if (checkpoint !== undefined) batches.push({ changes, checkpoint });
  }
  return batches;
};

export type RandomHistory = Readonly<{
  model: ModelRef;
  batches: readonly Batch[];
  queries: readonly Query[];
}>;

/** A projection, what it makes of a history of events, in batches, and questions to it. */
export const histories: fc.Arbitrary<RandomHistory> = projection.chain((chosen) =>
  fc
    .record({
      events: fc.array(event, { maxLength: 25 }),
      size: fc.integer({ min: 1, max: 6 }),
      queries: fc.array(queriesOf(chosen.model), { maxLength: 6 }),
    })
    .map(({ events, size, queries }) => ({
      model: chosen.model,
      batches: batchesOf(chosen, events, size),
      queries,
    })),
);
