import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '#domain/kernel/index';
import type { Document } from '../../change.ts';
import type { Batch, Generation, Query, ReadModel } from '../../port.ts';
import { batches, model, queries } from '../random-changes.ts';
import { referenceModel } from '../reference-model.ts';
import type { StoreAtHand } from './store-at-hand.ts';
import { all } from './changes-by-hand.ts';

const valueIn = (document: Document, path: string): JsonValue =>
  path
    .split('.')
    .reduce<JsonValue | undefined>(
      (at, name) => (at as Record<string, JsonValue> | undefined)?.[name],
      document,
    ) ?? null;

const everyPage = async (of: ReadModel, query: Query): Promise<readonly Document[]> => {
  const found: Document[] = [];
  for (let after: Query['after']; ;) {
    const page = await of.find(after === undefined ? query : { ...query, after });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined) return found;
    after = { value: valueIn(last, query.sort?.field ?? 'id'), id: last.id };
  }
};

/** The same changes in batches of another size. */
const cutAnew = (history: readonly Batch[], size: number): readonly Batch[] => {
  const changes = history.flatMap((each) => each.changes);
  const cut: Batch[] = [];
  for (let from = 0; from < changes.length; from += size) {
    const part = changes.slice(from, from + size);
    const checkpoint = part.at(-1)?.position;
    if (checkpoint !== undefined) cut.push({ changes: part, checkpoint });
  }
  return cut;
};

/** Whatever the history, the questions, and who else applies it. */
export const describeRandomHistories = (at: StoreAtHand): void => {
  it('random changes and questions have the answers of the reference', async () => {
    await fc.assert(
      fc.asyncProperty(
        batches,
        fc.array(queries, { maxLength: 8 }),
        fc.boolean(),
        async (history, asked, early) => {
          const generation = await at.store.begin(model);
          const reference = referenceModel();
          if (early) await generation.prepare();
          for (const each of history) {
            await generation.apply(each);
            reference.apply(each);
          }
          expect(await all(generation)).toEqual(reference.documents());
          for (const query of asked) {
            expect(await generation.find(query)).toEqual(reference.find(query));
            expect(await generation.count(query.where)).toBe(reference.count(query.where));
            expect(await everyPage(generation, query)).toEqual(
              reference.find({ ...query, limit: 1_000 }),
            );
          }
          await generation.drop();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('LED-1 two runners at once, neither of which knows of the other, make what one makes', async () => {
    const another = await at.open();
    await fc.assert(
      fc.asyncProperty(batches, fc.integer({ min: 1, max: 7 }), async (history, size) => {
        const generation = await at.store.begin(model);
        const reference = referenceModel();
        for (const each of history) reference.apply(each);
        const serving = await at.store.serving(model);
        const previous = await at.store.promote(model, generation);
        const same = await another.serving(model);
        const run = async (on: Generation, as: readonly Batch[]): Promise<void> => {
          for (const each of as) await on.apply(each);
        };
        await Promise.all([run(generation, history), run(same, cutAnew(history, size))]);
        expect(await all(generation)).toEqual(reference.documents());
        expect(previous.id).toBe(serving.id);
        await previous.drop();
      }),
      { numRuns: 40 },
    );
    await another.close();
  });

  it('replaying any part of a history that ends at its end changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(), async (history, from) => {
        const generation = await at.store.begin(model);
        for (const each of history) await generation.apply(each);
        const before = await all(generation);
        for (const each of history.slice(from % (history.length + 1))) {
          await generation.apply(each);
        }
        expect(await all(generation)).toEqual(before);
        await generation.drop();
      }),
      { numRuns: 40 },
    );
  });
};
