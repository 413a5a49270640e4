import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import {
  projectionProgress,
  readStoreCheckpoints,
  runProjections,
  runSubscriber,
  throughOutage,
  whenProcessed,
} from './index.ts';
import { outage, ServerAway, type Outage } from './testing/outage.ts';
import { counts, formats, keptLog, openPlace, topics, type Place } from './testing/place.ts';

/** More than the policy here bears, which is none. */
const MANY = 6;

describe('while a server does not answer', () => {
  let place: Place;
  let server: Outage;
  let stop: AbortController;
  let running: Promise<void> | undefined;
  const log = keptLog();
  beforeEach(async () => {
    place = await openPlace();
    server = outage();
    stop = new AbortController();
    running = undefined;
    log.lines.length = 0;
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await place.remove();
  });

  const until = async (holds: () => boolean): Promise<void> => {
    const deadline = AbortSignal.timeout(20_000);
    while (!holds()) {
      deadline.throwIfAborted();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const refusedMore = (calls: number): Promise<void> => {
    const before = server.refused();
    return until(() => server.refused() >= before + calls);
  };
  const eventsLogged = (event: string) => log.lines.filter((line) => line.event === event);

  it.each(['ledger', 'readStore', 'leases'] as const)(
    'the %s: no projection is stopped, and all are live again once it is back',
    async (port) => {
      const progress = projectionProgress();
      await place.write('a');
      running = runProjections({
        ...place,
        [port]: server.over(place[port]),
        formats,
        projections: [topics, counts],
        holder: 'runner',
        clock: Date.now,
        log,
        signal: stop.signal,
        progress,
        policy: () => 'stop',
      });
      const states = () => progress.statuses().map(({ state }) => state);
      await until(() => states().join() === 'live,live');

      server.begin();
      await place.write('a', 'b');
      await refusedMore(MANY);
      expect(states()).toEqual(['waiting', 'waiting']);
      server.end();

      const head = (await place.ledger.head()) ?? ('' as Position);
      for (const projection of [topics, counts]) {
        const model = place.readStore.model(projection);
        expect(await whenProcessed(model, head, { timeoutMilliseconds: 20_000 })).toBe(true);
      }
      await until(() => states().join() === 'live,live');
      expect(await place.readStore.model(topics).get('a')).toMatchObject({ notes: 2 });
      // Each projection says once that it waits, and once that it goes on.
      expect(eventsLogged('projection-waits')).toHaveLength(2);
      expect(eventsLogged('projection-goes-on')).toHaveLength(2);
    },
    30_000,
  );

  it('a subscriber waits, and handles each event once it is back', async () => {
    const seen: string[] = [];
    await place.write('a');
    running = runSubscriber({
      ...place,
      ledger: server.over(place.ledger),
      name: 'spec',
      formats,
      checkpoints: readStoreCheckpoints(server.over(place.readStore)),
      leases: server.over(place.leases),
      holder: 'subscriber',
      clock: Date.now,
      log,
      signal: stop.signal,
      handle: async (batch) => {
        seen.push(...batch.map(({ event }) => (event.data as { topic: string }).topic));
      },
    });
    await until(() => seen.length === 1);
    server.begin();
    await place.write('b');
    await refusedMore(3);
    server.end();
    await until(() => seen.includes('b'));
    expect(new Set(seen)).toEqual(new Set(['a', 'b']));
    expect(eventsLogged('subscriber-failed')).toHaveLength(1);
  });

  it('work that may be done twice is repeated, other failures are passed on, and a stop ends it', async () => {
    let failures = 3;
    const answer = throughOutage(async () => {
      if (failures-- > 0) throw new ServerAway();
      return 'done';
    }, stop.signal);
    expect(await answer).toBe('done');
    const broken = throughOutage(() => Promise.reject(new TypeError('broken')), stop.signal);
    await expect(broken).rejects.toThrow('broken');
    const waiting = throughOutage(() => Promise.reject(new ServerAway()), stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'unreachable' });
  });
});
