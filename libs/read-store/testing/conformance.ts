import { afterEach, beforeEach, describe } from '@jest/globals';
import { describeChanges } from './conformance/changes.ts';
import { describeGenerations } from './conformance/generations.ts';
import { describeRandomHistories } from './conformance/random-histories.ts';
import { describeReading } from './conformance/reading.ts';
import { StoreAtHand } from './conformance/store-at-hand.ts';
import type { ReadStorePlace } from './read-store-place.ts';

/** What every read store does alike. */
export const describeReadStore = (name: string, makePlace: () => Promise<ReadStorePlace>): void => {
  describe(`read store: ${name}`, () => {
    const at = new StoreAtHand(makePlace);
    beforeEach(() => at.begin());
    afterEach(() => at.end());

    describeChanges(at);
    describeReading(at);
    describeRandomHistories(at);
    describeGenerations(at);
  });
};
