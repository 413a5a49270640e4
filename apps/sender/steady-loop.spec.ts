import { describe, expect, it } from '@jest/globals';
import { EventLogUnavailable } from '#libs/event-log/port';
import { keptLog } from '#libs/projecting/testing/place';
import { ServerAway } from '#libs/projecting/testing/outage';
import { steadyLoop } from './steady-loop.ts';

describe('a steady loop', () => {
  it('waits for a server that does not answer, which it mentions once, and goes on after', async () => {
    const log = keptLog();
    const stop = new AbortController();
    let rounds = 0;
    await steadyLoop('spec', { log, signal: stop.signal }, async () => {
      rounds += 1;
      if (rounds === 4) stop.abort();
      if (rounds === 2 || rounds === 3) throw new ServerAway();
    });
    expect(log.lines.map(({ level, event }) => [level, event])).toEqual([
      ['warn', 'round-waits'],
      ['info', 'round-goes-on'],
    ]);
  });

  it('ends when the ledger may not say any more what was acknowledged', async () => {
    const parts = { log: keptLog(), signal: new AbortController().signal };
    const broken = steadyLoop('spec', parts, () => {
      throw new EventLogUnavailable('io-error', 'The disk failed.');
    });
    await expect(broken).rejects.toMatchObject({ code: 'io-error' });
  });
});
