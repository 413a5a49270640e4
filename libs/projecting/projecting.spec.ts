import { describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import { projectionProgress, readStoreCheckpoints, runSubscriber, whenProcessed } from './index.ts';
import { counts, topics } from './testing/place.ts';
import { useScene } from './testing/scene.ts';

describe('projecting', () => {
  const scene = useScene();
  const counted = async (): Promise<unknown> =>
    (await scene.place.readStore.model(counts).get('all'))?.['notes'];

  it('catches up, then follows live', async () => {
    await scene.place.write('a', 'b', 'a');
    void scene.start({ pageSize: 2 });
    await scene.seen();
    expect(await scene.notes('a')).toBe(2);
    await scene.place.write('a');
    await scene.seen();
    await scene.seen(counts);
    expect(await scene.notes('a')).toBe(3);
    expect(await counted()).toBe(4);
  });

  it('goes on from its checkpoint and counts nothing twice', async () => {
    await scene.place.write('a');
    const first = new AbortController();
    const run = scene.start({ signal: first.signal });
    await scene.seen();
    first.abort();
    await run;
    await scene.place.write('a', 'a');
    void scene.start();
    await scene.seen();
    expect(await scene.notes('a')).toBe(3);
  });

  it('reads the ledger once for projections that are equally far', async () => {
    await scene.place.write(...Array.from({ length: 20 }, () => 'a'));
    let pages = 0;
    const ledger: Ledger = {
      ...scene.place.ledger,
      readAll: (options) => {
        pages += 1;
        return scene.place.ledger.readAll(options);
      },
    };
    const once = new AbortController();
    const run = scene.start({ ledger, pageSize: 5, signal: once.signal });
    await scene.seen();
    await scene.seen(counts);
    once.abort();
    await run;
    // Four full pages, and what was asked for at the end.
    expect(pages).toBeLessThan(10);
  });

  it('of two runners one works, and the other takes over once it has stopped', async () => {
    const first = new AbortController();
    const run = scene.start({ signal: first.signal });
    void scene.start();
    await scene.place.write('a');
    await scene.seen();
    first.abort();
    await run;
    await scene.place.write('a', 'b');
    await scene.seen();
    expect(await scene.notes('a')).toBe(2);
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
    await scene.place.write('a');
    void scene.start({
      projections: [broken, counts],
      progress,
      policy: (count) => (count < 3 ? { retryAfterMilliseconds: 1 } : 'stop'),
      onError: (name) => failures.push(name),
    });
    const isStopped = (): boolean =>
      progress.statuses().some(({ name, state }) => name === 'broken' && state === 'stopped');
    while (!isStopped()) await progress.next('broken', AbortSignal.timeout(5_000));
    await scene.seen(counts);
    expect(failures).toEqual(['broken', 'broken', 'broken']);
    expect(scene.log.lines.at(-1)).toEqual({
      level: 'error',
      event: 'projection-stopped',
      projection: 'broken',
      failures: 3,
      error: 'TypeError',
    });
    expect(JSON.stringify(scene.log.lines)).not.toContain('text 1');
  });

  it('an event that cannot be read is retried, and what was missed is applied after', async () => {
    let failures = 2;
    const ledger: Ledger = {
      ...scene.place.ledger,
      readAll: (options) => {
        if (failures-- > 0) return Promise.reject(new Error('not now'));
        return scene.place.ledger.readAll(options);
      },
    };
    await scene.place.write('a');
    void scene.start({
      ledger,
      projections: [topics],
      policy: () => ({ retryAfterMilliseconds: 1 }),
    });
    await scene.seen();
    expect(await scene.notes('a')).toBe(1);
  });

  it('waiting for a position ends with time, or at once when the position is there', async () => {
    await scene.place.write('a');
    const head = (await scene.place.ledger.head()) ?? ('' as Position);
    const model = scene.place.readStore.model(topics);
    expect(await whenProcessed(model, head, { timeoutMilliseconds: 20 })).toBe(false);
    const progress = projectionProgress();
    const waiting = whenProcessed(model, head, {
      timeoutMilliseconds: 10_000,
      progress: { of: progress, name: 'topics' },
    });
    void scene.start({ progress });
    expect(await waiting).toBe(true);
  });

  describe('a subscriber', () => {
    const subscribe = (handle: Parameters<typeof runSubscriber>[0]['handle']): Promise<void> => {
      const run = runSubscriber({
        ...scene.optionsFor('subscriber'),
        name: 'spec',
        checkpoints: readStoreCheckpoints(scene.place.readStore),
        handle,
        pageSize: 2,
      });
      scene.running.push(run);
      return run;
    };

    it('sees every event in order, again after a failure, and not those before its checkpoint', async () => {
      await scene.place.write('a', 'b', 'c');
      const topicsSeen: string[] = [];
      let failures = 1;
      const first = subscribe(async (batch) => {
        topicsSeen.push(...batch.map(({ event }) => (event.data as { topic: string }).topic));
        if (failures-- > 0) throw new Error('not yet');
        if (topicsSeen.at(-1) === 'c') scene.stop.abort();
      });
      await first;
      expect(topicsSeen).toEqual(['a', 'b', 'a', 'b', 'c']);
      scene.stop = new AbortController();
      await scene.place.write('d');
      topicsSeen.length = 0;
      await subscribe(async (batch) => {
        topicsSeen.push(...batch.map(({ event }) => (event.data as { topic: string }).topic));
        scene.stop.abort();
      });
      expect(topicsSeen).toEqual(['d']);
    });
  });
});
