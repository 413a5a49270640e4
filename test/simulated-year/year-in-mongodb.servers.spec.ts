import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Position } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { compareGenerations } from '#libs/projecting/compare-generations';
import { batchOf, readingOf, readPage } from '#libs/projecting/read-page';
import { mongodbReadStore } from '#libs/read-store/mongodb/index';
import type { Generation, ReadStore } from '#libs/read-store/port';
import { projections } from '#projections/index';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import { liveAYear } from './live-a-year.ts';
import { Random } from './random.ts';
import { whatTheSenderDid } from './what-the-sender-did.ts';
import { Year } from './year.ts';

const SEED = 20_261_126;
const PEOPLE = 150;
const PAGE = 400;
const BEGINNING = Date.parse('2026-01-01T05:00:00Z');

describeOnMongo('every read model of the product, over a year of simulated lives', () => {
  let year: Year;
  let mongo: Mongo;
  let server: ReadStore;
  beforeAll(async () => {
    mongo = await openMongo(newDatabaseUrl());
    server = mongodbReadStore({ mongo });
    year = await Year.begin(BEGINNING);
    await whatTheSenderDid(year.ledger, await liveAYear(year, PEOPLE, new Random(SEED)));
  }, 120_000);
  afterAll(async () => {
    await mongo.database.dropDatabase();
    await mongo.close();
    await year.end();
  });

  it.each(projections)('$name is the same in files and in MongoDB', async (projection) => {
    const both: readonly Generation[] = [
      await year.readStore.begin(projection),
      await server.begin(projection),
    ];
    const reading = readingOf(streamDefinitions, [projection]);
    for (let after: Position | undefined; ;) {
      const { events, end } = await readPage(year.ledger, after, PAGE, reading);
      if (end === undefined || end === after) break;
      for (const each of both) await each.apply(batchOf(projection, events, end));
      after = end;
    }
    const [ours, theirs] = both;
    if (ours === undefined || theirs === undefined) throw new Error('There are two.');
    const { documents, same, differences } = await compareGenerations(
      ours,
      theirs,
      async () => undefined,
    );
    expect(differences).toEqual([]);
    expect(same).toBe(documents);
    expect(documents).toBeGreaterThan(0);
    for (const [field] of projection.indexes) {
      if (field === undefined || field.endsWith('[]')) continue;
      const pages = async (of: Generation) => [
        await of.find({ where: [], sort: { field, direction: 'asc' }, limit: 50 }),
        await of.find({ where: [], sort: { field, direction: 'desc' }, limit: 50 }),
      ];
      expect(await pages(theirs)).toEqual(await pages(ours));
    }
    expect(await theirs.count([])).toBe(documents);
  });
});
