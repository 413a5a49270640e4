import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { mongodbReadStore } from '#libs/read-store/mongodb/index';
import type { ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import { rebuild, runProjections, verify, whenProcessed } from './index.ts';
import { formats, keptLog, openPlace, topics, type Place } from './testing/place.ts';

describeOnMongo('a rebuild of read models in MongoDB (LED-4)', () => {
  let place: Place;
  let mongo: Mongo;
  let readStore: ReadStore;
  let stop: AbortController;
  let running: Promise<void>;
  beforeEach(async () => {
    place = await openPlace();
    mongo = await openMongo(newDatabaseUrl());
    readStore = mongodbReadStore({ mongo });
    stop = new AbortController();
    await place.write('a', 'b', 'a');
    running = runProjections({
      ...optionsOf('runner'),
      projections: [topics],
    });
    await seen();
  });
  afterEach(async () => {
    stop.abort();
    await running;
    await mongo.database.dropDatabase();
    await mongo.close();
    await place.remove();
  });

  const optionsOf = (holder: string) => ({
    ...place,
    ...{ readStore, formats, holder, clock: Date.now, log: keptLog(), signal: stop.signal },
    projection: topics,
  });
  const seen = async (): Promise<void> => {
    const head = (await place.ledger.head()) ?? ('' as Position);
    const done = whenProcessed(readStore.model(topics), head, { timeoutMilliseconds: 20_000 });
    expect(await done).toBe(true);
  };
  const collections = async (): Promise<number> =>
    (await mongo.database.listCollections().toArray()).length;

  it('verifies, finds what differs, mends it, and leaves nothing behind', async () => {
    const before = await collections();
    expect(await verify(optionsOf('first'))).toMatchObject({ documents: 2, same: 2 });
    expect(await collections()).toBe(before);

    stop.abort();
    await running;
    stop = new AbortController();
    await place.write('c');
    const position = (await place.ledger.head()) ?? ('' as Position);
    const serving = await readStore.serving(topics);
    await serving.apply({
      checkpoint: position,
      changes: [{ position, changes: [{ op: 'upsert', id: 'a', set: { notes: 7 } }] }],
    });
    const found = {
      ...{ documents: 3, same: 1, differing: 1, missing: 1, extra: 0 },
      differences: [
        { id: 'a', kind: 'differing', paths: ['notes'] },
        { id: 'c', kind: 'missing', paths: [] },
      ],
    };
    expect(await verify(optionsOf('second'))).toMatchObject(found);
    expect(await readStore.model(topics).get('a')).toMatchObject({ notes: 7 });
    expect(await rebuild(optionsOf('third'))).toMatchObject(found);
    expect(await readStore.model(topics).get('a')).toMatchObject({ notes: 2 });
    expect((await readStore.serving(topics)).id).not.toBe(serving.id);
    expect(await collections()).toBe(before);
  }, 60_000);

  it('is strict: a projection that throws ends it, and what served serves on', async () => {
    const before = [(await readStore.serving(topics)).id, await collections()];
    const broken: Projection = {
      ...topics,
      project: () => {
        throw new TypeError('broken');
      },
    };
    for (const run of [rebuild, verify]) {
      await expect(run({ ...optionsOf('broken'), projection: broken })).rejects.toThrow('broken');
    }
    expect([(await readStore.serving(topics)).id, await collections()]).toEqual(before);
    await place.write('b');
    await seen();
    expect(await readStore.model(topics).get('b')).toMatchObject({ notes: 2 });
  }, 60_000);
});
