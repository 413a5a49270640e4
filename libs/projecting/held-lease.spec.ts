import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embeddedLeases } from '#libs/leases/embedded/index';
import type { Leases } from '#libs/leases/port';
import { heldLease, renewedWhile } from './held-lease.ts';
import { outage } from './testing/outage.ts';

describe('a held lease', () => {
  let directory: string;
  let leases: Leases;
  let now: number;
  const clock = (): number => now;
  const held = (holder: string) => heldLease(leases, 'projecting/spec', { holder, clock });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'held-lease-'));
    leases = embeddedLeases({ directory });
    now = 1_000_000;
  });
  afterEach(async () => {
    await leases.close();
    rmSync(directory, { recursive: true });
  });

  it('of a holder that was killed goes to another one within ten seconds', async () => {
    const killed = held('killed');
    const other = held('other');
    // Killed right after a renewal, which is the worst.
    expect(await killed.hold()).toBe(true);
    const killedAt = now;
    while (!(await other.hold())) now += 100;
    expect(now - killedAt).toBeLessThan(8_000);
  });

  it('stays with a holder that stands still for four seconds now and then', async () => {
    const slow = held('slow');
    const other = held('other');
    expect(await slow.hold()).toBe(true);
    const token = await leases.acquire('projecting/spec', 'slow', now, 6_000);
    for (let pauses = 0; pauses < 10; pauses += 1) {
      for (const end = now + 4_000; now < end; now += 250) expect(await other.hold()).toBe(false);
      expect(await slow.hold()).toBe(true);
    }
    const after = await leases.acquire('projecting/spec', 'slow', now, 6_000);
    expect(after?.token).toBe(token?.token);
  });

  it('is renewed while long work goes on, and not after it was given back', async () => {
    let renewals = 0;
    let enough = (): void => undefined;
    const long = new Promise<void>((resolve) => (enough = resolve));
    const lease = held('holder');
    await lease.hold();
    const hold = async (): Promise<boolean> => {
      renewals += 1;
      now += 2_000;
      if (renewals === 5) enough();
      return lease.hold();
    };
    await renewedWhile(hold, () => long, 1);
    await lease.release();
    expect(await held('other').hold()).toBe(true);
  });

  it('that cannot be given back, as its server is away, runs out', async () => {
    const server = outage();
    const lease = heldLease(server.over(leases), 'projecting/spec', { holder: 'holder', clock });
    await lease.hold();
    server.begin();
    await lease.release();
    now += 8_000;
    expect(await held('other').hold()).toBe(true);
  });
});
