import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import {
  cleanUpRebuilds,
  projectionProgress,
  readStoreCheckpoints,
  rebuild,
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

  describe('a rebuild', () => {
    const again = (options: Partial<Parameters<typeof rebuild>[0]> = {}) =>
      rebuild({
        ...place,
        projection: topics,
        formats,
        holder: `rebuild ${(runners += 1)}`,
        clock: Date.now,
        log,
        signal: stop.signal,
        ...options,
      });

    it('while serving ends equal, promoted, and the runner goes on with it', async () => {
      void start();
      await place.write('a', 'b', 'a');
      await seen();
      const before = await place.readStore.serving(topics);
      const other = await place.another();
      const writing = place.write('c', 'a');
      const report = await again(other);
      await writing;
      expect(report).toMatchObject({ name: 'topics', differing: 0, differences: [] });
      await place.write('b');
      await seen();
      expect((await place.readStore.serving(topics)).id).not.toBe(before.id);
      expect([await notes('a'), await notes('b'), await notes('c')]).toEqual([3, 2, 1]);
      await other.close();
    });

    it('finds and mends what differs, naming fields and no values', async () => {
      await place.write('a', 'b');
      const first = new AbortController();
      const run = start({ signal: first.signal });
      await seen();
      first.abort();
      await run;
      const serving = await place.readStore.serving(topics);
      await place.write('c');
      const checkpoint = (await place.ledger.head()) ?? ('' as Position);
      await serving.apply({
        checkpoint,
        changes: [
          {
            position: checkpoint,
            changes: [
              { op: 'upsert', id: 'a', set: { notes: 7, odd: 'secret' } },
              { op: 'upsert', id: 'ghost' },
            ],
          },
        ],
      });
      const report = await again();
      expect(report.differences).toEqual([
        { id: 'a', paths: ['notes', 'odd'] },
        { id: 'c', paths: ['(document)'] },
        { id: 'ghost', paths: ['(document)'] },
      ]);
      expect(report.documents).toBe(3);
      expect(JSON.stringify(log.lines)).not.toContain('secret');
      expect(await notes('a')).toBe(1);
    });

    it('that is interrupted leaves the old one serving and nothing behind', async () => {
      await place.write('a', 'b', 'c');
      void start();
      await seen();
      const before = await place.readStore.serving(topics);
      const interrupt = new AbortController();
      const failing: Projection = {
        ...topics,
        project: (recorded) => {
          interrupt.abort();
          return topics.project(recorded);
        },
      };
      const rebuilt = again({ projection: failing, signal: interrupt.signal, pageSize: 1 });
      await expect(rebuilt).rejects.toMatchObject({ code: 'aborted' });
      expect((await place.readStore.serving(topics)).id).toBe(before.id);
      await place.write('a');
      await seen();
      expect(await notes('a')).toBe(2);
      expect((await again()).differing).toBe(0);
    });

    it('is strict: the first failure ends it', async () => {
      await place.write('a');
      const broken: Projection = {
        ...topics,
        project: () => {
          throw new TypeError('broken');
        },
      };
      await expect(again({ projection: broken })).rejects.toThrow('broken');
    });

    it('is refused while another one runs, and what a dead one left is cleaned up', async () => {
      const lease = await place.leases.acquire('rebuilding/topics', 'other', Date.now(), 60_000);
      await expect(again()).rejects.toMatchObject({ code: 'already-running' });
      if (lease !== undefined) await place.leases.release(lease);
      const left = await place.readStore.begin(topics);
      await cleanUpRebuilds([topics], { ...place, holder: 'start', clock: Date.now });
      await expect(left.get('a')).rejects.toThrow();
    });
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
