import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '#domain/kernel/index';
import type { Change, Document } from '../change.ts';
import type { Batch, Generation, Query, ReadModel, ReadStore } from '../port.ts';
import { batches, model, position, queries } from './random-changes.ts';
import { referenceModel } from './reference-model.ts';

/** One place where read models are kept. `open` may be called again: another process does the same. */
export type ReadStorePlace = Readonly<{
  open: () => Promise<ReadStore>;
  remove: () => Promise<void>;
}>;

const batch = (at: number, ...changes: readonly Change[]): Batch => ({
  changes: [{ position: position(at), changes }],
  checkpoint: position(at),
});
const upsert = (id: string, parts: object): Change => ({ op: 'upsert', id, ...parts });
const all = async (generation: Generation): Promise<readonly Document[]> =>
  (await generation.scan(undefined, 1_000)).map(({ text }) => JSON.parse(text) as Document);

const valueIn = (document: Document, path: string): JsonValue =>
  path
    .split('.')
    .reduce<JsonValue | undefined>(
      (at, name) => (at as Record<string, JsonValue> | undefined)?.[name],
      document,
    ) ?? null;

const everyPage = async (of: ReadModel, query: Query): Promise<readonly Document[]> => {
  const found: Document[] = [];
  for (let after: Query['after']; ;) {
    const page = await of.find(after === undefined ? query : { ...query, after });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined) return found;
    after = { value: valueIn(last, query.sort?.field ?? 'id'), id: last.id };
  }
};

/** The same changes in batches of another size. */
const cutAnew = (history: readonly Batch[], size: number): readonly Batch[] => {
  const changes = history.flatMap((each) => each.changes);
  const cut: Batch[] = [];
  for (let from = 0; from < changes.length; from += size) {
    const part = changes.slice(from, from + size);
    const checkpoint = part.at(-1)?.position;
    if (checkpoint !== undefined) cut.push({ changes: part, checkpoint });
  }
  return cut;
};

/** What every read store does alike. */
export const describeReadStore = (name: string, place: () => Promise<ReadStorePlace>): void => {
  describe(`read store: ${name}`, () => {
    let at: ReadStorePlace;
    let store: ReadStore;
    beforeEach(async () => {
      at = await place();
      store = await at.open();
    });
    afterEach(async () => {
      await store.close();
      await at.remove();
    });

    it('belongs to the log that it was told first, for all who open it', async () => {
      await store.belongTo('one');
      await store.belongTo('one');
      const another = await at.open();
      await another.belongTo('one');
      await expect(another.belongTo('two')).rejects.toMatchObject({ code: 'foreign-ledger' });
      await another.close();
    });

    describe('changes', () => {
      const outcome = async (...changes: readonly Change[]): Promise<Document | undefined> => {
        const generation = await store.serving(model);
        for (const [n, change] of changes.entries()) await generation.apply(batch(n + 1, change));
        return generation.get('1');
      };

      it('set makes a document and the objects on the way', async () => {
        expect(await outcome(upsert('1', { set: { kind: 'k', 'a.b.c': 1 } }))).toEqual({
          id: '1',
          kind: 'k',
          a: { b: { c: 1 } },
        });
      });
      it('unset removes a field and leaves its siblings', async () => {
        const first = upsert('1', { set: { 'a.b': 1, 'a.c': 2 } });
        expect(await outcome(first, upsert('1', { unset: ['a.b', 'x.y'] }))).toEqual({
          id: '1',
          a: { c: 2 },
        });
      });
      it('inc counts from 0', async () => {
        const changes = [upsert('1', { inc: { n: 2 } }), upsert('1', { inc: { n: -5 } })];
        expect(await outcome(...changes)).toEqual({ id: '1', n: -3 });
      });
      it('max keeps the greater number and the later text', async () => {
        const first = upsert('1', { max: { n: 2, t: '2026-02' } });
        expect(await outcome(first, upsert('1', { max: { n: 1, t: '2026-03' } }))).toEqual({
          id: '1',
          n: 2,
          t: '2026-03',
        });
      });
      it('addToSet adds once, pull takes out', async () => {
        const first = upsert('1', { addToSet: { tags: ['a', 'b', 'a'] } });
        const second = upsert('1', { addToSet: { tags: ['b', 'c'] } });
        expect(await outcome(first, second, upsert('1', { pull: { tags: ['a', 'z'] } }))).toEqual({
          id: '1',
          tags: ['b', 'c'],
        });
      });
      it('delete removes the document', async () => {
        expect(await outcome(upsert('1', {}), { op: 'delete', id: '1' })).toBeUndefined();
      });
      it('all changes of one event to one document apply', async () => {
        const generation = await store.serving(model);
        await generation.apply(
          batch(1, upsert('1', { set: { a: 1 } }), upsert('1', { inc: { a: 1 } })),
        );
        expect(await generation.get('1')).toEqual({ id: '1', a: 2 });
      });
    });

    it('LED-1 an entry at or before the position of a document changes nothing', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(5, upsert('1', { inc: { n: 1 } })));
      await generation.apply(batch(5, upsert('1', { inc: { n: 1 } })));
      await generation.apply(batch(4, upsert('1', { inc: { n: 1 } })));
      expect(await generation.get('1')).toEqual({ id: '1', n: 1 });
      expect(await generation.checkpoint()).toBe(position(5));
    });

    it('LED-1 a batch that comes late, from an owner that lost its lease, brings nothing deleted back', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(1, upsert('1', { set: { a: 1 } })));
      await generation.apply(batch(2, { op: 'delete', id: '1' }));
      await generation.apply(batch(1, upsert('1', { set: { a: 1 } })));
      expect(await generation.get('1')).toBeUndefined();
      expect(await generation.checkpoint()).toBe(position(2));
    });

    it('a batch that fails leaves neither documents nor checkpoint', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(1, upsert('1', { set: { n: 'text' } })));
      const bad = batch(2, upsert('2', {}), upsert('1', { inc: { n: 1 } }));
      await expect(generation.apply(bad)).rejects.toThrow(TypeError);
      expect(await all(generation)).toEqual([{ id: '1', n: 'text' }]);
      expect(await generation.checkpoint()).toBe(position(1));
    });

    it('nor while a generation is being filled, and leaves the batches before', async () => {
      await store.serving(model);
      const generation = await store.begin(model);
      await generation.apply(batch(1, upsert('1', { set: { n: 'text' } })));
      const bad = batch(2, upsert('2', {}), upsert('1', { inc: { n: 1 } }));
      await expect(generation.apply(bad)).rejects.toThrow(TypeError);
      await generation.apply(batch(3, upsert('3', {})));
      await generation.prepare();
      expect(await all(generation)).toEqual([{ id: '1', n: 'text' }, { id: '3' }]);
      expect(await generation.checkpoint()).toBe(position(3));
    });

    it('the checkpoint moves without changes, survives, and is unset at first', async () => {
      const generation = await store.serving(model);
      expect(await generation.checkpoint()).toBeUndefined();
      await generation.apply({ changes: [], checkpoint: position(7) });
      const again = await at.open();
      expect(await again.model(model).checkpoint()).toBe(position(7));
      await again.close();
    });

    it('a question about a field that no index declares is a bug', async () => {
      const generation = await store.serving(model);
      const query: Query = { where: [{ field: 'free', op: 'eq', value: 1 }], limit: 1 };
      await expect(generation.find(query)).rejects.toThrow(/no index/);
    });

    it('getMany answers in the order asked', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(1, upsert('1', {}), upsert('2', {})));
      expect(await store.model(model).getMany(['2', 'x', '1'])).toEqual([
        { id: '2' },
        undefined,
        { id: '1' },
      ]);
    });

    it('random changes and questions have the answers of the reference', async () => {
      await fc.assert(
        fc.asyncProperty(
          batches,
          fc.array(queries, { maxLength: 8 }),
          fc.boolean(),
          async (history, asked, early) => {
            const generation = await store.begin(model);
            const reference = referenceModel();
            if (early) await generation.prepare();
            for (const each of history) {
              await generation.apply(each);
              reference.apply(each);
            }
            expect(await all(generation)).toEqual(reference.documents());
            for (const query of asked) {
              expect(await generation.find(query)).toEqual(reference.find(query));
              expect(await generation.count(query.where)).toBe(reference.count(query.where));
              expect(await everyPage(generation, query)).toEqual(
                reference.find({ ...query, limit: 1_000 }),
              );
            }
            await generation.drop();
          },
        ),
        { numRuns: 150 },
      );
    });

    it('keeps what JSON can say as it was said, in names of fields and in values', async () => {
      const generation = await store.serving(model);
      const free = {
        'a.b': 1,
        $c: { '.': [], $: [{ 'd.e': null }, {}, 'x'] },
        '': '',
        '%2e': '%',
        'é\u{1F4E7}': '\u0000\n\u{10FFFF}\uFFFF',
        numbers: [0, -0, 0.1, -1e-7, 1.5e300, 2 ** 31, 2 ** 53 - 1, -(2 ** 53 - 1)],
        others: [true, false, null],
      };
      const said: unknown = JSON.parse(JSON.stringify(free));
      await generation.apply(batch(1, upsert('1', { set: { free } })));
      await generation.apply(batch(2, upsert('1', { set: { 'free.a': '$b' } })));
      const expected = { id: '1', free: { ...(said as object), a: '$b' } };
      expect(await generation.get('1')).toEqual(expected);
      expect(await all(generation)).toEqual([expected]);
    });

    it('scans in order of id by code point, page by page', async () => {
      const generation = await store.serving(model);
      const ids = ['A', 'a', 'a.b', 'a0', 'aa', 'z', 'é', '\uFFFF', '\u{1F4E7}'];
      await generation.apply(batch(1, ...[...ids].reverse().map((id) => upsert(id, {}))));
      const found: string[] = [];
      for (let page = await generation.scan(undefined, 2); page.length > 0;) {
        found.push(...page.map(({ id }) => id));
        page = await generation.scan(found.at(-1), 2);
      }
      expect(found).toEqual(ids);
    });

    it('an object where an index wants something to compare is a bug, and changes nothing', async () => {
      const generation = await store.serving(model);
      for (const set of [{ kind: { a: 1 } }, { size: [1] }, { tags: [{ a: 1 }] }]) {
        await expect(generation.apply(batch(1, upsert('1', { set })))).rejects.toThrow(TypeError);
      }
      expect(await all(generation)).toEqual([]);
    });

    it('LED-1 two runners at once, neither of which knows of the other, make what one makes', async () => {
      const another = await at.open();
      await fc.assert(
        fc.asyncProperty(batches, fc.integer({ min: 1, max: 7 }), async (history, size) => {
          const generation = await store.begin(model);
          const reference = referenceModel();
          for (const each of history) reference.apply(each);
          const serving = await store.serving(model);
          const previous = await store.promote(model, generation);
          const same = await another.serving(model);
          const run = async (on: Generation, as: readonly Batch[]): Promise<void> => {
            for (const each of as) await on.apply(each);
          };
          await Promise.all([run(generation, history), run(same, cutAnew(history, size))]);
          expect(await all(generation)).toEqual(reference.documents());
          expect(previous.id).toBe(serving.id);
          await previous.drop();
        }),
        { numRuns: 40 },
      );
      await another.close();
    });

    it('replaying any part of a history that ends at its end changes nothing', async () => {
      await fc.assert(
        fc.asyncProperty(batches, fc.nat(), async (history, from) => {
          const generation = await store.begin(model);
          for (const each of history) await generation.apply(each);
          const before = await all(generation);
          for (const each of history.slice(from % (history.length + 1))) {
            await generation.apply(each);
          }
          expect(await all(generation)).toEqual(before);
          await generation.drop();
        }),
        { numRuns: 40 },
      );
    });

    describe('generations', () => {
      it('a new one fills beside the serving one and serves once promoted, for everybody', async () => {
        const other = await at.open();
        const seen = other.model(model);
        const old = await store.serving(model);
        await old.apply(batch(1, upsert('1', { set: { kind: 'old' } })));
        const next = await store.begin(model);
        await next.apply(batch(1, upsert('1', { set: { kind: 'new' } })));
        expect(await seen.get('1')).toEqual({ id: '1', kind: 'old' });

        const previous = await store.promote(model, next);
        expect(previous.id).toBe(old.id);
        expect(await seen.get('1')).toEqual({ id: '1', kind: 'new' });
        expect((await other.serving(model)).id).toBe(next.id);
        await previous.drop();
        expect(await seen.count([{ field: 'kind', op: 'eq', value: 'new' }])).toBe(1);
        await other.close();
      });

      it('discard drops what does not serve and nothing else', async () => {
        const serving = await store.serving(model);
        await serving.apply(batch(1, upsert('1', {})));
        const left = await store.begin(model);
        await left.apply(batch(1, upsert('2', {})));
        await store.discard(model);
        await expect(left.get('2')).rejects.toThrow();
        expect(await store.model(model).get('1')).toEqual({ id: '1' });
      });

      it('a raised version starts empty', async () => {
        await (await store.serving(model)).apply(batch(1, upsert('1', {})));
        const raised = { ...model, version: 2 };
        expect(await all(await store.serving(raised))).toEqual([]);
      });

      it('a model that nobody made yet answers as an empty one', async () => {
        const view = store.model({ ...model, name: 'nothing' });
        expect(await view.get('1')).toBeUndefined();
        expect(await view.find({ where: [], limit: 1 })).toEqual([]);
        expect(await view.count([])).toBe(0);
        expect(await view.checkpoint()).toBeUndefined();
      });
    });

    it('scrub ends and leaves what is stored', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(1, upsert('1', { set: { name: 'stays' } })));
      await store.scrub();
      expect(await generation.get('1')).toEqual({ id: '1', name: 'stays' });
    });
  });
};
