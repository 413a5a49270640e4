import { describe, expect, it } from '@jest/globals';
import { inKeyOrder } from './in-key-order.ts';

const KEYS = Array.from({ length: 1_700 }, (_, index) =>
  String((index * 7_919) % 1_700).padStart(4, '0'),
);

describe('inKeyOrder (IMP-4)', () => {
  it('hands on every place once, in the order of the keys', async () => {
    const places: number[] = [];
    await inKeyOrder(KEYS, async (some) => {
      await Promise.resolve();
      places.push(...some);
    });
    expect(places.map((place) => KEYS[place])).toEqual(KEYS.toSorted());
    expect(new Set(places).size).toBe(KEYS.length);
  });

  it('hands on nothing when there is nothing', async () => {
    let calls = 0;
    await inKeyOrder([], () => Promise.resolve(void (calls += 1)));
    expect(calls).toBe(0);
  });

  it('begins no other part after a failure, and rejects only once none is under way', async () => {
    const failure = new Error('The disk is full.');
    const other = Promise.withResolvers<undefined>();
    let begun = 0;
    let isSettled = false;
    const all = inKeyOrder(KEYS, () => {
      begun += 1;
      return begun === 1 ? Promise.reject(failure) : other.promise;
    }).finally(() => (isSettled = true));
    const outcome = expect(all).rejects.toBe(failure);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isSettled).toBe(false);
    other.resolve(undefined);
    await outcome;
    expect(begun).toBe(3);
  });
});
