import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import {
  projectionProgress,
  readStoreCheckpoints,
  runProjections,
  runSubscriber,
  whenProcessed,
  type RunProjectionsOptions,
} from './index.ts';
import { counts, formats, keptLog, openPlace, topics, type Place } from './testing/place.ts';

describe('projecting', () => {
  let place: Place;
  let stop: AbortController;
  let running: Promise<void>[];
  const log = keptLog();
  beforeEach(async () => {
    place = await openPlace();
    stop = new AbortController();
    running = [];
    log.lines.length = 0;
  });
  afterEach(async () => {
    stop.abort();
    await Promise.all(running);
    await place.remove();
  });

  let runners = 0;
  const start = (options: Partial<RunProjectionsOptions> = {}): Promise<void> => {
    const run = runProjections({
      ...place,
      formats,
      projections: [topics, counts],
      holder: `runner ${(runners += 1)}`,
      clock: Date.now,
      log,
      signal: stop.signal,
      ...options,
    });
    running.push(run);
    return run;
  };
  const seen = async (projection: Projection = topics): Promise<void> => {
    const head = await place.ledger.head();
    const model = place.readStore.model(projection);
    const done = await whenProcessed(model, head ?? ('' as Position), {
      timeoutMilliseconds: 20_000,
    });
    expect(done).toBe(true);
  };
  const notes = async (topic: string): Promise<unknown> =>
    (await place.readStore.model(topics).get(topic))?.['notes'];
  const counted = async (): Promise<unknown> =>
    (await place.readStore.model(counts).get('all'))?.['notes'];

  it('catches up, then follows live', async () => {
    await place.write('a', 'b', 'a');
    void start({ pageSize: 2 });
    await seen();
    expect(await notes('a')).toBe(2);
    await place.write('a');
    await seen();
    await seen(counts);
    expect(await notes('a')).toBe(3);
    expect(await counted()).toBe(4);
  });

  it('goes on from its checkpoint and counts nothing twice', async () => {
    await place.write('a');
    const first = new AbortController();
    const run = start({ signal: first.signal });
    await seen();
    first.abort();
    await run;
    await place.write('a', 'a');
    void start();
    await seen();
    expect(await notes('a')).toBe(3);
  });

  it('reads the ledger once for projections that are equally far', async () => {
    await place.write(...Array.from({ length: 20 }, () => 'a'));
    let pages = 0;
    const ledger: Ledger = {
      ...place.ledger,
      readAll: (options) => {
        pages += 1;
        return place.ledger.readAll(options);
      },
    };
    const once = new AbortController();
    const run = start({ ledger, pageSize: 5, signal: once.signal });
    await seen();
    await seen(counts);
    once.abort();
    await run;
    // Four full pages, and what was asked for at the end.
    expect(pages).toBeLessThan(10);
  });

  it('of two runners one works, and the other takes over once it has stopped', async () => {
    const first = new AbortController();
    const run = start({ signal: first.signal });
    void start();
    await place.write('a');
    await seen();
    first.abort();
    await run;
    await place.write('a', 'b');
    await seen();
    expect(await notes('a')).toBe(2);
  });

  it('a projection that fails is tried again, then stopped with a code, without holding up others', async () => {
    const broken: Projection = {
      ...topics,
      name: 'broken',
      project: () => {
        throw new TypeError('text 1 is personal');
      },
    };
    const failures: string[] = [];
    const progress = projectionProgress();
    await place.write('a');
    void start({
      projections: [broken, counts],
      progress,
      policy: (count) => (count < 3 ? { retryAfterMilliseconds: 1 } : 'stop'),
      onError: (name) => failures.push(name),
    });
    const isStopped = (): boolean =>
      progress.statuses().some(({ name, state }) => name === 'broken' && state === 'stopped');
    while (!isStopped()) await progress.next('broken', AbortSignal.timeout(5_000));
    await seen(counts);
    expect(failures).toEqual(['broken', 'broken', 'broken']);
    expect(log.lines.at(-1)).toEqual({
      level: 'error',
      event: 'projection-stopped',
      projection: 'broken',
      failures: 3,
      error: 'TypeError',
    });
    expect(JSON.stringify(log.lines)).not.toContain('text 1');
  });

  it('an event that cannot be read is retried, and what was missed is applied after', async () => {
    let failures = 2;
    const ledger: Ledger = {
      ...place.ledger,
      readAll: (options) => {
        if (failures-- > 0) return Promise.reject(new Error('not now'));
        return place.ledger.readAll(options);
      },
    };
    await place.write('a');
    void start({ ledger, projections: [topics], policy: () => ({ retryAfterMilliseconds: 1 }) });
    await seen();
    expect(await notes('a')).toBe(1);
  });

  it('waiting for a position ends with time, or at once when the position is there', async () => {
    await place.write('a');
    const head = (await place.ledger.head()) ?? ('' as Position);
    const model = place.readStore.model(topics);
    expect(await whenProcessed(model, head, { timeoutMilliseconds: 20 })).toBe(false);
    const progress = projectionProgress();
    const waiting = whenProcessed(model, head, {
      timeoutMilliseconds: 10_000,
      progress: { of: progress, name: 'topics' },
    });
    void start({ progress });
    expect(await waiting).toBe(true);
  });

  describe('a subscriber', () => {
    const subscribe = (handle: Parameters<typeof runSubscriber>[0]['handle']): Promise<void> => {
      const run = runSubscriber({
        ...place,
        name: 'spec',
        formats,
        checkpoints: readStoreCheckpoints(place.readStore),
        holder: `subscriber ${(runners += 1)}`,
        clock: Date.now,
        log,
        signal: stop.signal,
        handle,
        pageSize: 2,
      });
      running.push(run);
      return run;
    };

    it('sees every event in order, again after a failure, and not those before its checkpoint', async () => {
      await place.write('a', 'b', 'c');
      const topicsSeen: string[] = [];
      let failures = 1;
      const first = subscribe(async (batch) => {
        topicsSeen.push(...batch.map(({ event }) => (event.data as { topic: string }).topic));
        if (failures-- > 0) throw new Error('not yet');
        if (topicsSeen.at(-1) === 'c') stop.abort();
      });
      await first;
      expect(topicsSeen).toEqual(['a', 'b', 'a', 'b', 'c']);
      stop = new AbortController();
      await place.write('d');
      topicsSeen.length = 0;
      await subscribe(async (batch) => {
        topicsSeen.push(...batch.map(({ event }) => (event.data as { topic: string }).topic));
        stop.abort();
      });
      expect(topicsSeen).toEqual(['d']);
    });
  });
});
