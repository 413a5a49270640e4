import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesOf, distinct, sameJson } from './changes.ts';

describe('changes', () => {
  it('are what differs: the order of keys says nothing, the order of a list does', () => {
    const before = { name: { fr: 'a', en: 'b' }, lists: ['x', 'y'], visible: true };
    expect(changesOf(before, { name: { en: 'b', fr: 'a' }, lists: ['x', 'y'] })).toEqual({});
    expect(changesOf(before, { lists: ['y', 'x'], visible: true })).toEqual({ lists: ['y', 'x'] });
    expect(changesOf<{ a?: string }>({}, { a: 'new' })).toEqual({ a: 'new' });
  });

  it.each([
    [[], {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [[1], [1, 2]],
    [null, {}],
    [{}, { constructor: Object }],
    ['1', 1],
  ])('tell %j from %j', (a, b) => {
    expect(sameJson(a, b)).toBe(false);
    expect(sameJson(b, a)).toBe(false);
  });

  it('see none between a JSON value and its copy', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sameJson(value, JSON.parse(JSON.stringify(value)))).toBe(true);
      }),
    );
  });

  it('keep the first of each value', () => {
    expect(distinct(['b', 'a', 'b'])).toEqual(['b', 'a']);
  });
});
