import type { Row } from '#libs/tabular/index';
import { Batch } from './batch.ts';
import type { RowPreparation } from './prepare-row.ts';

/** Rows that are recorded together. */
export const BATCH_ROWS = 4_000;

/** Gathers the rows after a number into batches, until the file or the signal ends it. */
export async function* batchesOf(
  pages: AsyncIterable<readonly Row[]>,
  preparation: RowPreparation,
  { after, signal }: Readonly<{ after: number; signal: AbortSignal }>,
): AsyncGenerator<Batch, void> {
  let batch = new Batch();
  for await (const page of pages) {
    for (const row of page) {
      if (row.number <= after) continue;
      const named = preparation.name(row);
      if (batch.size === BATCH_ROWS || batch.clashesWith(named)) {
        yield batch;
        batch = new Batch();
      }
      batch.add(named);
    }
    if (signal.aborted) return;
  }
  if (batch.size > 0) yield batch;
}
