import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clear } from '#domain/kernel/index';
import { canonicalJson } from './canonical-json.ts';

/** Any JSON value that the ledger accepts. */
const json = fc.jsonValue({ noUnicodeString: false }).map(
  (value): unknown =>
    JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
      if (typeof part !== 'number') return part;
      return Number.isInteger(part) && !Number.isSafeInteger(part) ? 1 : part + 0;
    }) as unknown,
);

/** The slow and obvious way. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
};
/** Objects list whole-number keys first, whatever was asked: such values cannot be compared this way. */
const hasNumericKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ((!Array.isArray(value) && Object.keys(value).some((key) => /^\d+$/.test(key))) ||
    Object.values(value).some(hasNumericKeys));

describe('canonical JSON (T-02, RFC 8785)', () => {
  it('is one text only: jcs(parse(jcs(x))) = jcs(x)', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is what JSON.stringify makes of sorted keys', () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(!hasNumericKeys(value));
        expect(canonicalJson(value)).toBe(JSON.stringify(sorted(value)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('sorts by UTF-16 units, also where code points would sort otherwise', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      '\u00f6': 7,
    };
    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });

  it('sorts many keys as it sorts few', () => {
    const keys = Array.from({ length: 100 }, (_, index) => `k${(index * 37) % 100}`);
    const value = Object.fromEntries(keys.map((key) => [key, key]));
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toEqual([...keys].sort());
  });

  it('writes numbers and escapes as the RFC shows', () => {
    expect(canonicalJson([333333333.3333333, 4.5, 2e-3, 1e-27, 56, false, null])).toBe(
      '[333333333.3333333,4.5,0.002,1e-27,56,false,null]',
    );
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe(
      '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"',
    );
  });

  it('leaves undefined properties out', () => {
    expect(canonicalJson({ b: undefined, a: 1, c: undefined })).toBe('{"a":1}');
  });

  it.each([
    ['half a surrogate pair', 'a\ud800'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['-0', -0],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['2^53', 2 ** 53],
    ['-2^53', -(2 ** 53)],
    ['1e300', 1e300],
    ['undefined', undefined],
    ['undefined in a list', [1, undefined]],
    ['a hole in a list', Array.from<number>({ length: 2 })],
    ['a bigint', 1n],
    ['a function', () => 1],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['personal data that nobody revealed', clear('somebody')],
  ])('refuses %s', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson({ inside: [[value]] })).toThrow(TypeError);
  });
});
