import type { expect } from '@jest/globals';
import { Clear } from '../clear.ts';

type Tester = Parameters<typeof expect.addEqualityTesters>[0][number];

/**
 * Compares personal values by what they hold. Without it `toEqual` takes any two for the same, since their
 * content is private: register it by `expect.addEqualityTesters([clearEquality])`.
 */
export const clearEquality: Tester = function (a, b, testers) {
  if (!(a instanceof Clear) && !(b instanceof Clear)) return undefined;
  return a instanceof Clear && b instanceof Clear
    ? this.equals(a.reveal(), b.reveal(), testers)
    : false;
};
