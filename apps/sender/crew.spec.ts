import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedLeases } from '#libs/leases/embedded/index';
import type { Leases } from '#libs/leases/port';
import { Crew } from './crew.ts';

const DURATION = 1_000;
const NUMBERS = Array.from({ length: 12 }, (_, n) => n);

describe('the senders that live', () => {
  let directory: string;
  let leases: Leases;
  let now: number;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'crew-'));
    leases = embeddedLeases({ directory });
    now = 1_000_000;
  });
  afterEach(async () => {
    await leases.close();
    await rm(directory, { recursive: true });
  });

  const joining = (holder: string): Crew =>
    new Crew(leases, { holder, clock: () => now, duration: DURATION });
  const sharesOf = (...crews: Crew[]): readonly number[] =>
    crews.map((crew) => NUMBERS.filter((n) => crew.isOurs(n)).length);
  const lookAll = async (...crews: Crew[]): Promise<void> => {
    for (const crew of crews) await crew.look();
  };

  it('share the work evenly, each piece with one of them', async () => {
    const [a, b, c] = [joining('a'), joining('b'), joining('c')];
    await lookAll(a);
    expect(sharesOf(a, b, c)).toEqual([12, 0, 0]);
    await lookAll(a, b, c, a, b);
    expect(sharesOf(a, b, c)).toEqual([4, 4, 4]);
    for (const n of NUMBERS) expect([a, b, c].filter((crew) => crew.isOurs(n))).toHaveLength(1);
  });

  it('take the share of one that left at once, and of one that is silent after its time', async () => {
    const [a, b, c] = [joining('a'), joining('b'), joining('c')];
    await lookAll(a, b, c, a, b);
    await b.leave();
    await lookAll(a, c);
    expect(sharesOf(a, b, c)).toEqual([6, 0, 6]);
    now += DURATION / 2;
    await lookAll(a);
    now += DURATION / 2;
    await lookAll(a);
    expect(sharesOf(a)).toEqual([12]);
  });

  it('have seats for twelve; who comes later waits for one', async () => {
    const crews = NUMBERS.map((n) => joining(`sender ${String(n)}`));
    const late = joining('late');
    await lookAll(...crews, late, ...crews);
    expect(sharesOf(...crews, late)).toEqual([...NUMBERS.map(() => 1), 0]);
    await crews[3]?.leave();
    await lookAll(late, ...crews.filter((_, n) => n !== 3));
    expect(sharesOf(late)).toEqual([1]);
  });
});
