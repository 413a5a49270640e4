import { setImmediate as turn } from 'node:timers/promises';
import type { Generation } from '#libs/read-store/port';
import type { PageSource } from './page-source.ts';

export type FillOptions = Readonly<{
  pages: PageSource;
  /** Called before each page; may throw to end the filling. */
  keep: () => Promise<void>;
  /** Called with the number of events read so far, for those who watch. */
  onEvents?: ((events: number) => void) | undefined;
}>;

/** Applies pages from a generation's checkpoint on, and counts their events. Throws at the first that cannot be applied. */
export const fillGeneration = async (
  generation: Generation,
  { pages, keep, onEvents }: FillOptions,
): Promise<number> => {
  let checkpoint = await generation.checkpoint();
  for (let events = 0; ;) {
    await keep();
    // With engines of this very process nothing else would have its turn: no signal, no other thread.
    await turn();
    const page = await pages.next(checkpoint);
    if (page === undefined) return events;
    await generation.apply(page.batch);
    events += page.events;
    onEvents?.(events);
    checkpoint = page.batch.checkpoint;
  }
};
