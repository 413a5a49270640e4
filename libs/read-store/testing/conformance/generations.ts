import { describe, expect, it } from '@jest/globals';
import { model } from '../random-changes.ts';
import type { StoreAtHand } from './store-at-hand.ts';
import { all, batch, upsert } from './changes-by-hand.ts';

/** Which generation answers, whose log it is of, and what is left of others. */
export const describeGenerations = (at: StoreAtHand): void => {
  it('belongs to the log that it was told first, for all who open it', async () => {
    await at.store.belongTo('one');
    await at.store.belongTo('one');
    const another = await at.open();
    await another.belongTo('one');
    await expect(another.belongTo('two')).rejects.toMatchObject({ code: 'foreign-ledger' });
    await another.close();
  });

  describe('generations', () => {
    it('a new one fills beside the serving one and serves once promoted, for everybody', async () => {
      const other = await at.open();
      const seen = other.model(model);
      const old = await at.store.serving(model);
      await old.apply(batch(1, upsert('1', { set: { kind: 'old' } })));
      const next = await at.store.begin(model);
      await next.apply(batch(1, upsert('1', { set: { kind: 'new' } })));
      expect(await seen.get('1')).toEqual({ id: '1', kind: 'old' });

      const previous = await at.store.promote(model, next);
      expect(previous.id).toBe(old.id);
      expect(await seen.get('1')).toEqual({ id: '1', kind: 'new' });
      expect((await other.serving(model)).id).toBe(next.id);
      await previous.drop();
      expect(await seen.count([{ field: 'kind', op: 'eq', value: 'new' }])).toBe(1);
      await other.close();
    });

    it('discard drops what does not serve and nothing else', async () => {
      const serving = await at.store.serving(model);
      await serving.apply(batch(1, upsert('1', {})));
      const left = await at.store.begin(model);
      await left.apply(batch(1, upsert('2', {})));
      await at.store.discard(model);
      await expect(left.get('2')).rejects.toThrow();
      expect(await at.store.model(model).get('1')).toEqual({ id: '1' });
    });

    it.each([
      ['holds another value', [upsert('2', { set: { kind: 'b' } })]],
      ['holds one more', [upsert('3', {})]],
      ['lacks one', [{ op: 'delete', id: '2' }]],
      [
        'holds another one instead',
        [{ op: 'delete', id: '2' }, upsert('3', { set: { kind: 'a' } })],
      ],
    ] as const)('never says that it equals one that %s', async (_, changes) => {
      const same = batch(
        1,
        upsert('1', { set: { kind: 'a' } }),
        upsert('2', { set: { kind: 'a' } }),
      );
      const serving = await at.store.serving(model);
      const next = await at.store.begin(model);
      await serving.apply(same);
      await next.apply(same);
      await next.apply(batch(2, ...changes));
      expect(await serving.equals(next, async () => undefined)).toBe(false);
      expect(await next.equals(serving, async () => undefined)).toBe(false);
    });

    it('a raised version starts empty', async () => {
      await (await at.store.serving(model)).apply(batch(1, upsert('1', {})));
      const raised = { ...model, version: 2 };
      expect(await all(await at.store.serving(raised))).toEqual([]);
    });

    it('a model that nobody made yet answers as an empty one', async () => {
      const view = at.store.model({ ...model, name: 'nothing' });
      expect(await view.get('1')).toBeUndefined();
      expect(await view.find({ where: [], limit: 1 })).toEqual([]);
      expect(await view.count([])).toBe(0);
      expect(await view.checkpoint()).toBeUndefined();
    });
  });

  it('scrub ends and leaves what is stored', async () => {
    const generation = await at.store.serving(model);
    await generation.apply(batch(1, upsert('1', { set: { name: 'stays' } })));
    await at.store.scrub();
    expect(await generation.get('1')).toEqual({ id: '1', name: 'stays' });
  });
};
