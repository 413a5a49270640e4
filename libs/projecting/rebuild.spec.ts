import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import { cleanUpRebuilds, rebuild, verify } from './index.ts';
import { counts, topics } from './testing/place.ts';
import { useScene, writeUnreadableNote } from './testing/scene.ts';

describe('a rebuild (LED-4)', () => {
  const scene = useScene();
  const servingId = async (): Promise<string> => (await scene.place.readStore.serving(topics)).id;
  type Options = Parameters<typeof rebuild>[0];
  const optionsOf = (options: Partial<Options>): Options => ({
    ...scene.optionsFor('rebuild'),
    projection: topics,
    ...options,
  });
  const again = (options: Partial<Options> = {}) => rebuild(optionsOf(options));
  const verified = (options: Partial<Options> = {}) => verify(optionsOf(options));

  /** Files of the model's generations: it holds personal data, so each has its own. */
  const generations = (): readonly string[] =>
    readdirSync(scene.place.dataDirectory).filter((name) => /personal-\d+\.sqlite$/.test(name));

  /** Something that no ledger says: a changed, a lost and an invented document. */
  const spoil = async (): Promise<void> => {
    const first = new AbortController();
    const run = scene.start({ signal: first.signal });
    await scene.seen();
    first.abort();
    await run;
    const serving = await scene.place.readStore.serving(topics);
    await scene.place.write('c');
    const checkpoint = (await scene.place.ledger.head()) ?? ('' as Position);
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
  };
  const FOUND = {
    documents: 3,
    same: 1,
    differing: 1,
    missing: 1,
    extra: 1,
    differences: [
      { id: 'a', kind: 'differing', paths: ['notes', 'odd'] },
      { id: 'c', kind: 'missing', paths: [] },
      { id: 'ghost', kind: 'extra', paths: [] },
    ],
  };
  const NOTHING_FOUND = { differing: 0, missing: 0, extra: 0, differences: [] };

  it('while serving ends equal, promoted, and the runner goes on with it', async () => {
    void scene.start();
    await scene.place.write('a', 'b', 'a');
    await scene.seen();
    const before = await servingId();
    const other = await scene.place.another();
    const writing = scene.place.write('c', 'a');
    const report = await again(other);
    await writing;
    expect(report).toMatchObject({ name: 'topics', ...NOTHING_FOUND, same: report.documents });
    await scene.place.write('b');
    await scene.seen();
    expect(await servingId()).not.toBe(before);
    expect([await scene.notes('a'), await scene.notes('b'), await scene.notes('c')]).toEqual([
      3, 2, 1,
    ]);
    await other.close();
  });

  it('finds and mends what differs, naming fields and no values', async () => {
    await scene.place.write('a', 'b');
    await spoil();
    expect(await again()).toMatchObject(FOUND);
    expect(JSON.stringify(scene.log.lines)).not.toContain('secret');
    expect([await scene.notes('a'), await scene.notes('c')]).toEqual([1, 1]);
    expect(await scene.place.readStore.model(topics).get('ghost')).toBeUndefined();
  });

  it('to verify only compares: what served serves on, and nothing is left behind', async () => {
    await scene.place.write('a', 'b');
    await spoil();
    const before = await servingId();
    expect(await verified()).toMatchObject(FOUND);
    expect(await servingId()).toBe(before);
    expect([await scene.notes('a'), await scene.notes('c')]).toEqual([7, undefined]);
    expect(generations()).toHaveLength(1);
    await again();
    expect(await verified()).toMatchObject({ ...NOTHING_FOUND, documents: 3, same: 3 });
  });

  it('to verify finds nothing different while others write at every page that it reads', async () => {
    void scene.start();
    await scene.place.write(...Array.from({ length: 40 }, (_, n) => `topic ${n % 5}`));
    await scene.seen();
    const other = await scene.place.another();
    let writes = 0;
    const ledger: Ledger = {
      ...other.ledger,
      readAll: async (asked) => {
        writes += 1;
        await scene.place.write('a', 'b', 'c');
        return other.ledger.readAll(asked);
      },
    };
    for (const projection of [topics, counts]) {
      const report = await verified({ ...other, ledger, projection, pageSize: 5 });
      expect(report).toMatchObject(NOTHING_FOUND);
      expect(report.events).toBeGreaterThan(40);
    }
    expect(writes).toBeGreaterThan(10);
    await other.close();
    await scene.seen();
  });

  it('lists the first hundred differences, and counts all', async () => {
    const serving = await scene.place.readStore.serving(topics);
    await scene.place.write('a');
    const checkpoint = (await scene.place.ledger.head()) ?? ('' as Position);
    const ghosts = Array.from({ length: 250 }, (_, n) => ({
      op: 'upsert' as const,
      id: `ghost ${n}`,
    }));
    await serving.apply({ checkpoint, changes: [{ position: checkpoint, changes: ghosts }] });
    const report = await verified();
    expect(report).toMatchObject({ documents: 1, missing: 1, extra: 250 });
    expect(report.differences).toHaveLength(100);
  });

  it('that is interrupted leaves the old one serving and nothing behind', async () => {
    await scene.place.write('a', 'b', 'c');
    void scene.start();
    await scene.seen();
    const before = await servingId();
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
    expect(await servingId()).toBe(before);
    expect(generations()).toHaveLength(1);
    await scene.place.write('a');
    await scene.seen();
    expect(await scene.notes('a')).toBe(2);
    expect(await again()).toMatchObject(NOTHING_FOUND);
  });

  describe.each([
    ['a rebuild', again],
    ['a verification', verified],
  ])('%s is strict', (_, run) => {
    it('a projection that throws ends it, and what served serves on', async () => {
      await scene.place.write('a', 'b', 'c');
      void scene.start();
      await scene.seen();
      const before = await servingId();
      const broken: Projection = {
        ...topics,
        project: (recorded) => {
          if ((recorded.event.data as { topic: string }).topic === 'c')
            throw new TypeError('broken');
          return topics.project(recorded);
        },
      };
      await expect(run({ projection: broken, pageSize: 1 })).rejects.toThrow('broken');
      expect(await servingId()).toBe(before);
      expect(generations()).toHaveLength(1);
      await scene.place.write('a');
      await scene.seen();
      expect(await scene.notes('a')).toBe(2);
    });

    it('an event that cannot be decoded ends it, and what served serves on', async () => {
      await scene.place.write('a', 'b');
      void scene.start();
      await scene.seen();
      const before = await servingId();
      scene.stop.abort();
      await Promise.all(scene.running);
      scene.stop = new AbortController();
      await writeUnreadableNote(scene.place);
      await scene.place.write('c');
      await expect(run()).rejects.toMatchObject({ code: 'stored-event-unreadable' });
      expect(await servingId()).toBe(before);
      expect(await scene.notes('a')).toBe(1);
      expect(generations()).toHaveLength(1);
    });
  });

  it('is refused while another one runs, and what a dead one left is cleaned up', async () => {
    const lease = await scene.place.leases.acquire(
      'rebuilding/topics',
      'other',
      Date.now(),
      60_000,
    );
    await expect(again()).rejects.toMatchObject({ code: 'already-running' });
    if (lease !== undefined) await scene.place.leases.release(lease);
    const left = await scene.place.readStore.begin(topics);
    await cleanUpRebuilds([topics], { ...scene.place, holder: 'start', clock: Date.now });
    await expect(left.get('a')).rejects.toThrow();
  });
});
