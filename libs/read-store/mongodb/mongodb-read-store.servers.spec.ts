import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import { startFerretDb, type FerretDb } from '#test/servers/start-ferretdb';
import type { Change } from '../change.ts';
import type { Batch, ReadStore } from '../port.ts';
import { describeReadStore } from '../testing/conformance.ts';
import { model, position } from '../testing/random-changes.ts';
import { documentsOf, generationRows } from './generation-list.ts';
import { mongodbReadStore } from './index.ts';

/** As another process would: with a connection of its own. */
const openStore = async (url: string): Promise<ReadStore> => {
  const mongo = await openMongo(url);
  return { ...mongodbReadStore({ mongo }), close: () => mongo.close() };
};

const isUp = async ({ pid }: FerretDb): Promise<boolean> => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const batch = (at: number, ...changes: readonly Change[]): Batch => ({
  changes: [{ position: position(at), changes }],
  checkpoint: position(at),
});
const named = (id: string, name: string): Change => ({ op: 'upsert', id, set: { name } });

describeOnMongo('on a server', () => {
  describeReadStore('mongodb', async () => {
    const url = newDatabaseUrl();
    return {
      open: () => openStore(url),
      remove: async () => {
        const mongo = await openMongo(url);
        await mongo.database.dropDatabase();
        await mongo.close();
      },
    };
  });

  describe('the collections of the read store', () => {
    let mongo: Mongo;
    let store: ReadStore;
    beforeEach(async () => {
      mongo = await openMongo(newDatabaseUrl());
      store = mongodbReadStore({ mongo });
    });
    afterEach(async () => {
      await mongo.database.dropDatabase();
      await mongo.close();
    });
    const collections = async (): Promise<readonly string[]> =>
      (await mongo.database.listCollections().toArray())
        .map(({ name }) => name)
        .filter((name) => name.startsWith('read-model-'));

    it('have the declared indexes once a generation serves or is prepared', async () => {
      const serving = await store.serving(model);
      const next = await store.begin(model);
      await next.apply(batch(1, named('a', 'n')));
      const keys = async (id: string): Promise<readonly string[]> =>
        (await documentsOf(mongo.database, id).indexes()).map(({ key }) => Object.keys(key).join());
      expect(await keys(serving.id)).toContain(
        'state.live,state.fields.kind,state.fields.tags,_id',
      );
      expect(await keys(next.id)).toEqual(['_id']);
      await next.prepare();
      expect(await keys(next.id)).toEqual(await keys(serving.id));
    });

    it('LED-1 a batch that was interrupted between its documents and its checkpoint is repeated', async () => {
      const generation = await store.serving(model);
      const first = batch(1, { op: 'upsert', id: 'a', inc: { n: 1 } }, { op: 'upsert', id: 'b' });
      await generation.apply(first);
      const second = batch(2, { op: 'upsert', id: 'a', inc: { n: 1 } }, { op: 'delete', id: 'b' });
      await generation.apply(second);
      await generationRows(mongo.database).updateOne(
        { _id: generation.id },
        { $set: { checkpoint: position(1) } },
      );
      await generation.apply(second);
      expect(await generation.get('a')).toEqual({ id: 'a', n: 2 });
      expect(await generation.get('b')).toBeUndefined();
      expect(await generation.checkpoint()).toBe(position(2));
    });

    it('a write that comes after the documents were dropped does not bring them back', async () => {
      const generation = await store.serving(model);
      const next = await store.begin(model);
      const other = mongodbReadStore({ mongo });
      const writing = next.apply(batch(1, named('a', 'n'))).catch(() => undefined);
      await Promise.all([writing, other.discard(model)]);
      await expect(next.apply(batch(2, named('a', 'n')))).rejects.toThrow('was dropped');
      await store.discard(model);
      expect(await collections()).toEqual([`read-model-${generation.id}`]);
    });

    it('a deleted document leaves its position for an hour, and a scrub removes it then', async () => {
      const generation = await store.serving(model);
      await generation.apply(batch(1, named('a', 'n')));
      await generation.apply(batch(2, { op: 'delete', id: 'a' }));
      const documents = documentsOf(mongo.database, generation.id);
      await store.scrub();
      expect(await documents.findOne({ _id: 'a' })).toMatchObject({
        _id: 'a',
        state: { position: position(2) },
      });
      expect(JSON.stringify(await documents.find().toArray())).not.toContain('"n"');
      const longAgo = new Date(Date.now() - 2 * 3_600_000);
      await documents.updateOne({ _id: 'a' }, { $set: { 'state.deletedAt': longAgo } });
      const row = generationRows(mongo.database);
      await row.updateOne({ _id: generation.id }, { $set: { deletedAt: longAgo } });
      await store.scrub();
      expect(await documents.countDocuments()).toBe(0);
      expect(await row.findOne({ _id: generation.id })).not.toHaveProperty('deletedAt');
    });

    it('with other indexes than the code declares ask for a new version', async () => {
      await store.serving(model);
      const changed = { ...model, indexes: [['kind']] };
      await expect(store.serving(changed)).rejects.toThrow(/raise its version/);
      await expect(store.model(changed).get('a')).rejects.toThrow(/raise its version/);
    });

    it('of a version before are dropped when a new one begins to serve', async () => {
      await (await store.serving(model)).apply(batch(1, named('a', 'n')));
      const raised = await store.serving({ ...model, version: 2 });
      expect(await collections()).toEqual([`read-model-${raised.id}`]);
    });
  });
});

describeOnMongo('a server that goes away', () => {
  it('while batches are applied loses none, and applies none twice', async () => {
    let server = await startFerretDb();
    const mongo = await openMongo(server.urlOf('attesta'), { openWithinMilliseconds: 500 });
    const back = async (): Promise<void> => {
      server = await startFerretDb({ port: server.port, directory: server.directory });
    };
    try {
      const generation = await mongodbReadStore({ mongo }).serving(model);
      const apply = async (each: Batch, whenAway: () => Promise<void>): Promise<void> => {
        for (;;) {
          try {
            await generation.apply(each);
            return;
          } catch (error) {
            expect(error).toMatchObject({ code: 'unreachable' });
            await whenAway();
          }
        }
      };
      const ids = Array.from({ length: 50 }, (_, n) => `id-${n}`);
      const counting = ids.map((id): Change => ({ op: 'upsert', id, inc: { n: 1 } }));
      let outages = 0;
      for (let at = 1; at <= 24; at += 1) {
        if (at % 8 === 4) await server.kill();
        const applying = apply(batch(at, ...counting), async () => {
          outages += 1;
          await back();
        });
        // In the middle, or after: either way the server is back before the next batch.
        if (at % 8 === 0) await server.kill();
        await applying;
        if (at % 8 === 0 && !(await isUp(server))) await back();
      }
      expect(await generation.getMany(ids)).toEqual(ids.map((id) => ({ id, n: 24 })));
      expect(outages).toBeGreaterThanOrEqual(3);
    } finally {
      await mongo.close();
      await server.stop();
    }
  });
});
