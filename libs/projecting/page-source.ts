import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Batch } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { batchOf, cutAt, readingOf, readPage, type Formats } from './read-page.ts';

/** What a projection made of a page of the ledger. */
export type ProjectedPage = Readonly<{ batch: Batch; events: number }>;

/** Gives one page after the other to whoever fills a generation. */
export type PageSource = Readonly<{
  /** The page after a position, the one that the page before ended at; undefined at the end. Strict: throws. */
  next: (after: Position | undefined) => Promise<ProjectedPage | undefined>;
}>;

export type ProjectedReading = Readonly<{
  ledger: Pick<Ledger, 'head' | 'readAll'>;
  projection: Projection;
  formats: Formats;
  pageSize?: number | undefined;
  /** As far as this position; to the head of the ledger when absent. */
  upTo?: Position | undefined;
}>;

/** Events of a page: so few that a collector of young objects meets little that is still used and must be moved. */
export const REBUILD_PAGE_EVENTS = 500;

/** Reads and projects. */
export const projectedPages = (given: ProjectedReading): PageSource => {
  const { ledger, projection, formats, pageSize = REBUILD_PAGE_EVENTS, upTo } = given;
  const reading = readingOf(formats, [projection]);
  return {
    next: async (after) => {
      if (after !== undefined && upTo !== undefined && after >= upTo) return undefined;
      const { events, end } = cutAt(await readPage(ledger, after, pageSize, reading), upTo);
      if (end === undefined || end === after) return undefined;
      return { batch: batchOf(projection, events, end), events: events.length };
    },
  };
};

/** Asks for each page while the one before is being applied: with servers, both wait at the same time. */
export const readingAhead = (source: PageSource): PageSource => {
  let ahead:
    Readonly<{ after: Position | undefined; page: ReturnType<PageSource['next']> }> | undefined;
  const begin = (after: Position | undefined): void => {
    const page = source.next(after);
    // Who asks for it hears of its failure; nobody may ask.
    page.catch(() => undefined);
    ahead = { after, page };
  };
  return {
    next: async (after) => {
      if (ahead === undefined || ahead.after !== after) begin(after);
      const page = await ahead?.page;
      ahead = undefined;
      if (page !== undefined) begin(page.batch.checkpoint);
      return page;
    },
  };
};
