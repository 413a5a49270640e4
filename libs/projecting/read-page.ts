import { splitStreamName, type AnyEvent, type Position, type Recorded } from '#domain/kernel/index';
import type { Ledger, StreamFormat } from '#libs/ledger/port';
import type { Batch } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';

export type Formats = readonly StreamFormat<AnyEvent>[];

/** Events of some categories, and the position up to which there are no others. */
export type Page = Readonly<{ events: readonly Recorded<AnyEvent>[]; end: Position | undefined }>;

/** What is read of the ledger, and the types whose personal parts are opened. */
export type Reading = Readonly<{ formats: Formats; opens: ReadonlySet<string> }>;

/** What some projections need to be read. */
export const readingOf = (formats: Formats, projections: readonly Projection[]): Reading => {
  const categories = new Set(projections.flatMap((each) => each.categories));
  return {
    formats: formats.filter(({ category }) => categories.has(category)),
    opens: new Set(projections.flatMap(({ opens = [] }) => opens)),
  };
};

/** The later of two positions; undefined comes before all. */
export const later = (a: Position | undefined, b: Position | undefined): Position | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/**
 * The next page of the ledger after a position. A page shorter than asked for ends at the head, so that a
 * checkpoint also passes events that nobody here reads.
 */
export const readPage = async (
  ledger: Pick<Ledger, 'head' | 'readAll'>,
  after: Position | undefined,
  limit: number,
  { formats, opens }: Reading,
): Promise<Page> => {
  // Before the page: what is appended in between is left for the next one.
  const head = await ledger.head();
  const events = await ledger.readAll({ after, limit, formats, opens });
  const last = events.at(-1)?.position;
  const end = events.length < limit ? later(later(after, head), last) : last;
  return { events, end };
};

/** The page as far as a position. */
export const cutAt = (page: Page, position: Position | undefined): Page => {
  if (position === undefined || page.end === undefined || page.end <= position) return page;
  return { events: page.events.filter((each) => each.position <= position), end: position };
};

/** What a projection makes of a page. */
export const batchOf = (
  projection: Projection,
  events: readonly Recorded<AnyEvent>[],
  checkpoint: Position,
): Batch => {
  const categories = new Set(projection.categories);
  const changes: { position: Position; changes: ReturnType<Projection['project']> }[] = [];
  for (const recorded of events) {
    if (!categories.has(splitStreamName(recorded.stream).category)) continue;
    const made = projection.project(recorded);
    if (made.length > 0) changes.push({ position: recorded.position, changes: made });
  }
  return { changes, checkpoint };
};
