import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { describeOnMongo, newDatabaseUrl } from '#test/servers/mongodb-server';
import type { JsonValue } from '#domain/kernel/index';
import type { Document } from '../change.ts';
import { embeddedReadStore } from '../embedded/index.ts';
import { valueAt } from '../indexed-fields.ts';
import type { Batch, Generation, ModelRef, Query, ReadStore } from '../port.ts';
import { mingoOpinion, type MingoOpinion } from '../testing/mingo-opinion.ts';
import { histories, type RandomHistory } from '../testing/random-projections.ts';
import { mongodbReadStore } from './index.ts';

/** 'refused' where the changes do not fit the documents. */
const applied = async (generation: Generation, batch: Batch): Promise<'applied' | 'refused'> => {
  try {
    await generation.apply(batch);
    return 'applied';
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return 'refused';
  }
};

const all = async (generation: Generation): Promise<readonly Document[]> =>
  (await generation.scan(undefined, 1_000)).map(({ text }) => JSON.parse(text) as Document);

const pages = async (generation: Generation, query: Query): Promise<readonly Document[][]> => {
  const found: Document[][] = [];
  for (let after: Query['after']; ;) {
    const page = await generation.find(after === undefined ? query : { ...query, after });
    const last = page.at(-1);
    if (last === undefined) return found;
    found.push([...page]);
    const path = (query.sort?.field ?? 'id').split('.');
    const value: JsonValue = valueAt(last, path) ?? null;
    after = { value, id: last.id };
  }
};

const byId = (documents: readonly Document[]): readonly Document[] =>
  [...documents].sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));

describeOnMongo('the embedded read store, MongoDB and mingo', () => {
  let mongo: Mongo;
  let directory: string;
  let embedded: ReadStore;
  let server: ReadStore;
  beforeAll(async () => {
    mongo = await openMongo(newDatabaseUrl());
    server = mongodbReadStore({ mongo });
    directory = mkdtempSync(join(tmpdir(), 'attesta-differential-'));
    embedded = embeddedReadStore({ directory });
  });
  afterAll(async () => {
    await mongo.database.dropDatabase();
    await mongo.close();
    await embedded.close();
    rmSync(directory, { recursive: true });
  });

  const begun = async (model: ModelRef): Promise<readonly [Generation, Generation]> => {
    const both = [await embedded.begin(model), await server.begin(model)] as const;
    for (const each of both) await each.prepare();
    return both;
  };

  /** Applies the batches to all; what the stores refuse, they refuse alike, and nobody has it. */
  const applyAll = async (
    history: RandomHistory,
    [ours, theirs]: readonly [Generation, Generation],
    third: MingoOpinion,
  ): Promise<void> => {
    for (const each of history.batches) {
      const outcome = await applied(ours, each);
      expect(await applied(theirs, each)).toBe(outcome);
      if (outcome === 'applied') third.apply(each);
    }
  };

  it('make the same documents of any history, and give the same answers to any question', async () => {
    let documents = 0;
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const both = await begun(history.model);
        const [ours, theirs] = both;
        const third = mingoOpinion(history.model.derive);
        await applyAll(history, both, third);

        const expected = await all(ours);
        documents += expected.length;
        expect(await all(theirs)).toEqual(expected);
        expect(byId(third.documents())).toEqual(expected);
        const ids = [...expected.map(({ id }) => id), 'nobody'];
        expect(await theirs.getMany(ids)).toEqual(await ours.getMany(ids));
        for (const query of history.queries) {
          const found = await pages(ours, query);
          answers += found.length;
          expect(await pages(theirs, query)).toEqual(found);
          const count = found.flat().length;
          expect(await ours.count(query.where)).toBe(count);
          expect(await theirs.count(query.where)).toBe(count);
          const foundIds = found.flat().map(({ id }) => id);
          expect([...third.idsOf(query.where)].sort()).toEqual([...foundIds].sort());
        }
        for (const each of both) await each.drop();
      }),
      { numRuns: 150 },
    );
    // Not everything was refused or empty.
    expect(documents).toBeGreaterThan(150);
    expect(answers).toBeGreaterThan(50);
  }, 240_000);
});
