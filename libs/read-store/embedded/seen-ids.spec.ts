import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SeenIds } from './seen-ids.ts';

describe('ids that were seen', () => {
  it('are never forgotten', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 200 }), (ids) => {
        const seen = new SeenIds();
        for (const id of ids) seen.see(id);
        expect(ids.every((id) => seen.see(id))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('are hardly ever taken for others', () => {
    const seen = new SeenIds();
    const mistaken = Array.from({ length: 300_000 }, (_, n) => seen.see(`rcp_${n}`));
    expect(mistaken.filter(Boolean).length).toBeLessThan(60);
  });
});
