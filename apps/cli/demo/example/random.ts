/** Chance that comes out the same each time: the demo can check its own counts. Source: mulberry32. */
export type Chance = Readonly<{
  /** A whole number from 0 to `below` - 1. */
  below: (below: number) => number;
  pick: <T>(from: readonly [T, ...T[]]) => T;
}>;

export const chanceFrom = (seed: number): Chance => {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit) | 0;
  };
  return { below, pick: (from) => from[below(from.length)] ?? from[0] };
};
