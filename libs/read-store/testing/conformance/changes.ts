import { describe, expect, it } from '@jest/globals';
import type { Change, Document } from '../../change.ts';
import { model, position } from '../random-changes.ts';
import type { StoreAtHand } from './store-at-hand.ts';
import { all, batch, upsert } from './changes-by-hand.ts';

/** What each change makes of a document, and which batches are applied. */
export const describeChanges = (at: StoreAtHand): void => {
  describe('changes', () => {
    const outcome = async (...changes: readonly Change[]): Promise<Document | undefined> => {
      const generation = await at.store.serving(model);
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
      const generation = await at.store.serving(model);
      await generation.apply(
        batch(1, upsert('1', { set: { a: 1 } }), upsert('1', { inc: { a: 1 } })),
      );
      expect(await generation.get('1')).toEqual({ id: '1', a: 2 });
    });
  });

  it('LED-1 an entry at or before the position of a document changes nothing', async () => {
    const generation = await at.store.serving(model);
    await generation.apply(batch(5, upsert('1', { inc: { n: 1 } })));
    await generation.apply(batch(5, upsert('1', { inc: { n: 1 } })));
    await generation.apply(batch(4, upsert('1', { inc: { n: 1 } })));
    expect(await generation.get('1')).toEqual({ id: '1', n: 1 });
    expect(await generation.checkpoint()).toBe(position(5));
  });

  it('LED-1 a batch that comes late, from an owner that lost its lease, brings nothing deleted back', async () => {
    const generation = await at.store.serving(model);
    await generation.apply(batch(1, upsert('1', { set: { a: 1 } })));
    await generation.apply(batch(2, { op: 'delete', id: '1' }));
    await generation.apply(batch(1, upsert('1', { set: { a: 1 } })));
    expect(await generation.get('1')).toBeUndefined();
    expect(await generation.checkpoint()).toBe(position(2));
  });

  it('a batch that fails leaves neither documents nor checkpoint', async () => {
    const generation = await at.store.serving(model);
    await generation.apply(batch(1, upsert('1', { set: { n: 'text' } })));
    const bad = batch(2, upsert('2', {}), upsert('1', { inc: { n: 1 } }));
    await expect(generation.apply(bad)).rejects.toThrow(TypeError);
    expect(await all(generation)).toEqual([{ id: '1', n: 'text' }]);
    expect(await generation.checkpoint()).toBe(position(1));
  });

  it('nor while a generation is being filled, and leaves the batches before', async () => {
    await at.store.serving(model);
    const generation = await at.store.begin(model);
    await generation.apply(batch(1, upsert('1', { set: { n: 'text' } })));
    const bad = batch(2, upsert('2', {}), upsert('1', { inc: { n: 1 } }));
    await expect(generation.apply(bad)).rejects.toThrow(TypeError);
    await generation.apply(batch(3, upsert('3', {})));
    await generation.prepare();
    expect(await all(generation)).toEqual([{ id: '1', n: 'text' }, { id: '3' }]);
    expect(await generation.checkpoint()).toBe(position(3));
  });

  it('the checkpoint moves without changes, survives, and is unset at first', async () => {
    const generation = await at.store.serving(model);
    expect(await generation.checkpoint()).toBeUndefined();
    await generation.apply({ changes: [], checkpoint: position(7) });
    const again = await at.open();
    expect(await again.model(model).checkpoint()).toBe(position(7));
    await again.close();
  });

  it('an object where an index wants something to compare is a bug, and changes nothing', async () => {
    const generation = await at.store.serving(model);
    for (const set of [{ kind: { a: 1 } }, { size: [1] }, { tags: [{ a: 1 }] }]) {
      await expect(generation.apply(batch(1, upsert('1', { set })))).rejects.toThrow(TypeError);
    }
    expect(await all(generation)).toEqual([]);
  });
};
