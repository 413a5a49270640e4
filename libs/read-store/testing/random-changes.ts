import fc from 'fast-check';
import type { Position } from '#domain/kernel/index';
import type { Change } from '../change.ts';
import type { Batch, Comparison, ModelRef, Query } from '../port.ts';

/** A model with every kind of index. */
export const model: ModelRef = {
  name: 'things',
  version: 1,
  personal: true,
  indexes: [
    ['kind', 'size'],
    ['size'],
    ['name'],
    ['inner.value'],
    ['kind', 'tags[]'],
    ['kind', 'others[]', 'size'],
  ],
};

export const position = (n: number): Position => String(n).padStart(12, '0') as Position;

const text = fc.constantFrom('a', 'ab', 'abc', 'b', 'é', 'z', '', '10', '\u{1F4E7}', '￿');
const number = fc.constantFrom(-1, 0, 1, 1.5, 10, 9_007_199_254_740_991);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const id = fc.constantFrom('1', '2', '3', 'x', 'é');
const tags = fc.array(fc.oneof(text, number), { maxLength: 3 });

// Each path keeps its kind of value, so that the operations fit whatever came before.
const upsert = fc
  .record(
    {
      set: fc.record(
        { kind: scalar, size: scalar, name: scalar, 'inner.value': scalar },
        { requiredKeys: [] },
      ),
      unset: fc.subarray(['free', 'inner.other']),
      inc: fc.record({ total: number, 'inner.count': fc.integer() }, { requiredKeys: [] }),
      max: fc.record({ latest: text, 'inner.most': number }, { requiredKeys: [] }),
      addToSet: fc.record({ tags }, { requiredKeys: [] }),
      pull: fc.record({ others: tags }, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .map((parts) => parts as Omit<Extract<Change, { op: 'upsert' }>, 'id' | 'op'>);
const other = fc.oneof(
  tags.map((values) => ({ pull: { tags: values } })),
  tags.map((values) => ({ addToSet: { others: values } })),
  fc.constant({ unset: ['name', 'size', 'inner'] }),
  fc.constant({ unset: ['tags'] }),
  tags.map((values) => ({ set: { tags: [...new Set(values)], free: 'text' } })),
);
const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(id, upsert).map(([id, parts]) => ({ op: 'upsert' as const, id, ...parts })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(id, other).map(([id, parts]) => ({ op: 'upsert' as const, id, ...parts })),
  },
  { weight: 1, arbitrary: id.map((each) => ({ op: 'delete' as const, id: each })) },
);

/** Histories of changes cut into batches, at rising positions. */
export const batches: fc.Arbitrary<readonly Batch[]> = fc
  .array(fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 5 }), {
    maxLength: 6,
  })
  .map((cut) => {
    let last = 0;
    return cut.map((entries) => ({
      changes: entries.map((changes) => ({ position: position((last += 1)), changes })),
      checkpoint: position(last),
    }));
  });

const field = fc.constantFrom('kind', 'size', 'name', 'inner.value', 'tags', 'others', 'id');
const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({ field, op: fc.constant('eq' as const), value: scalar }),
  fc.record({ field, op: fc.constant('in' as const), value: fc.array(fc.oneof(text, number)) }),
  fc.record({
    field,
    op: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: fc.oneof(text, number),
  }),
  fc.record({ field, op: fc.constant('prefix' as const), value: text }),
);

export const queries: fc.Arbitrary<Query> = fc
  .record({
    where: fc.array(comparison, { maxLength: 3 }),
    sort: fc.option(
      fc.record({
        field: fc.constantFrom('kind', 'size', 'name', 'inner.value', 'id'),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
      }),
      { nil: undefined },
    ),
    limit: fc.integer({ min: 1, max: 4 }),
  })
  .map(({ sort, ...query }) => (sort === undefined ? query : { ...query, sort }));
