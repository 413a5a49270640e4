import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { position } from '../testing/random-changes.ts';
import { isSteady, partsOf } from './batch-parts.ts';

const batchOf = (events: number) => ({
  changes: Array.from({ length: events }, (_, n) => ({ position: position(n + 1), changes: [] })),
  checkpoint: position(events + 7),
});

describe('the parts of a batch', () => {
  it('LED-4 are its events in their order, each with the checkpoint that it leads to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (events) => {
        const batch = batchOf(events);
        const parts = partsOf(batch);
        expect(parts.flatMap(({ changes }) => changes)).toEqual(batch.changes);
        for (const part of parts.slice(0, -1)) {
          expect(part.checkpoint).toBe(part.changes.at(-1)?.position);
        }
        expect(parts.at(-1)?.checkpoint).toBe(batch.checkpoint);
        expect(Math.max(...parts.map(({ changes }) => changes.length))).toBeLessThanOrEqual(50);
      }),
    );
  });

  it('are made only where something changes and nobody is behind', () => {
    expect([0, 1, 500, 501].map((events) => isSteady(batchOf(events)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
