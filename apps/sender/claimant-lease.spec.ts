import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embeddedLeases } from '#libs/leases/embedded/index';
import type { Leases } from '#libs/leases/port';
import { outage, type Outage } from '#libs/projecting/testing/outage';
import { LostSenders } from './claimant-lease.ts';

const PATIENCE = 2_000;

describe('SND-3: whether a sender is gone', () => {
  let directory: string;
  let leases: Leases;
  let server: Outage;
  let lost: LostSenders;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'claimant-lease-'));
    leases = embeddedLeases({ directory });
    server = outage();
    lost = new LostSenders(server.over(leases), { patience: PATIENCE });
    await leases.acquire('sender/anna', 'anna', 0, 6_000);
  });
  afterEach(async () => {
    await leases.close();
    rmSync(directory, { recursive: true });
  });

  it('is known once its lease has run out and it says nothing for a while, within ten seconds', async () => {
    const found: number[] = [];
    for (let now = 0; now <= 10_000; now += PATIENCE) {
      if (await lost.isGone('anna', now)) found.push(now);
    }
    expect(found).toEqual([8_000, 10_000]);
  });

  it('is denied by a lease that it takes again', async () => {
    expect(await lost.isGone('anna', 7_000)).toBe(false);
    await leases.acquire('sender/anna', 'anna', 7_500, 6_000);
    expect(await lost.isGone('anna', 9_000)).toBe(false);
    expect(await lost.isGone('anna', 14_000)).toBe(false);
  });

  it('is not said by leases that ran out while their server was away', async () => {
    expect(await lost.isGone('anna', 6_500)).toBe(false);
    server.begin();
    await expect(lost.isGone('anna', 8_500)).rejects.toMatchObject({ code: 'unreachable' });
    server.end();
    // The sender needs a moment, as everybody does.
    expect(await lost.isGone('anna', 10_500)).toBe(false);
    await leases.acquire('sender/anna', 'anna', 10_600, 6_000);
    expect(await lost.isGone('anna', 12_600)).toBe(false);
  });
});
