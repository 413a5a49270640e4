import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { splitStreamName, type AnyEvent, type Recorded } from '#domain/kernel/index';
import { embeddedReadStore } from '#libs/read-store/embedded/index';
import type { Generation, ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';

/** A read store for one spec file, removed at its end. */
export const readStoreForSpec = (): ReadStore => {
  const directory = mkdtempSync(join(tmpdir(), 'projections-'));
  const store = embeddedReadStore({ directory });
  afterAll(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });
  return store;
};

/** Applies events to a generation in batches of a size, as a runner does. */
export const applyAll = async (
  generation: Generation,
  projection: Projection,
  events: readonly Recorded<AnyEvent>[],
  batchSize = 3,
): Promise<void> => {
  const mine = events.filter(({ stream }) =>
    projection.categories.includes(splitStreamName(stream).category),
  );
  for (let n = 0; n < mine.length; n += batchSize) {
    const batch = mine.slice(n, n + batchSize);
    const last = batch.at(-1);
    if (last === undefined) return;
    await generation.apply({
      changes: batch.map((each) => ({
        position: each.position,
        changes: projection.project(each),
      })),
      checkpoint: last.position,
    });
  }
};
