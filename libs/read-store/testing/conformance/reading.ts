import { expect, it } from '@jest/globals';
import type { Query } from '../../port.ts';
import { model } from '../random-changes.ts';
import type { StoreAtHand } from './store-at-hand.ts';
import { all, batch, upsert } from './changes-by-hand.ts';

/** How documents are looked up, and that they are as they were said. */
export const describeReading = (at: StoreAtHand): void => {
  it('a question about a field that no index declares is a bug', async () => {
    const generation = await at.store.serving(model);
    const query: Query = { where: [{ field: 'free', op: 'eq', value: 1 }], limit: 1 };
    await expect(generation.find(query)).rejects.toThrow(/no index/);
  });

  it('getMany answers in the order asked', async () => {
    const generation = await at.store.serving(model);
    await generation.apply(batch(1, upsert('1', {}), upsert('2', {})));
    expect(await at.store.model(model).getMany(['2', 'x', '1'])).toEqual([
      { id: '2' },
      undefined,
      { id: '1' },
    ]);
  });

  it('keeps what JSON can say as it was said, in names of fields and in values', async () => {
    const generation = await at.store.serving(model);
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
    const generation = await at.store.serving(model);
    const ids = ['A', 'a', 'a.b', 'a0', 'aa', 'z', 'é', '\uFFFF', '\u{1F4E7}'];
    await generation.apply(batch(1, ...[...ids].reverse().map((id) => upsert(id, {}))));
    const found: string[] = [];
    for (let page = await generation.scan(undefined, 2); page.length > 0;) {
      found.push(...page.map(({ id }) => id));
      page = await generation.scan(found.at(-1), 2);
    }
    expect(found).toEqual(ids);
  });
};
