import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Generation } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { batchOf, cutAt, readingOf, readPage, type Formats } from './read-page.ts';

export type FillOptions = Readonly<{
  projection: Projection;
  ledger: Ledger;
  formats: Formats;
  pageSize?: number;
  /** Called before each page; may throw to end the filling. */
  keep: () => Promise<void>;
  /** As far as this position; to the head of the ledger when absent. */
  upTo?: Position | undefined;
  /** Called with the number of events read so far, for those who watch. */
  onEvents?: ((events: number) => void) | undefined;
}>;

/** Few enough to be forgotten before the next ones are read: a collector need not move them. */
const PAGE_SIZE = 2_000;

/** Applies events from a generation's checkpoint on, and counts them. Throws at the first that cannot be applied. */
export const fillGeneration = async (
  generation: Generation,
  options: FillOptions,
): Promise<number> => {
  const { ledger, projection, keep, upTo, onEvents, pageSize = PAGE_SIZE } = options;
  const reading = readingOf(options.formats, [projection]);
  let checkpoint = await generation.checkpoint();
  for (let events = 0; ;) {
    await keep();
    const page = cutAt(await readPage(ledger, checkpoint, pageSize, reading), upTo);
    if (page.end === undefined || page.end === checkpoint) return events;
    await generation.apply(batchOf(projection, page.events, page.end));
    events += page.events.length;
    onEvents?.(events);
    checkpoint = page.end;
  }
};
