import type { Position } from '#domain/kernel/index';
import type { PageSource } from './page-source.ts';
import type { RemotePages } from './remote-pages.ts';

/** A thread that reads ahead, and must be closed. */
export type PageReader = Readonly<{ pages: RemotePages; close: () => Promise<void> }>;

/** Starts one for a read model; told, in codes and names only, why it gave up, if it does. */
export type StartReader = (readModel: string, gaveUp: (details: object) => void) => PageReader;

/** A short ledger is read before a thread has started. */
const ALONE_PAGES = 10;

/**
 * Pages of a source of one's own, until a thread reads ahead; and after it again, for what it did not give. What
 * the thread fails at fails here too, as it would have without it.
 */
export const helpedPages = (
  own: PageSource,
  startReader: (() => PageReader) | undefined,
): PageSource & Readonly<{ close: () => Promise<void> }> => {
  let pages = 0;
  let reader: PageReader | undefined;
  let state: 'alone' | 'helped' | 'over' = 'alone';
  const close = async (): Promise<void> => {
    state = 'over';
    await reader?.close();
    reader = undefined;
  };
  const seekHelp = (after: Position | undefined): void => {
    pages += 1;
    if (pages > ALONE_PAGES) reader ??= startReader?.();
    if (reader?.pages.isReady !== true) return;
    reader.pages.begin(after);
    state = 'helped';
  };
  return {
    next: async (after) => {
      if (state === 'alone') seekHelp(after);
      if (state === 'helped') {
        const page = await reader?.pages.next();
        if (page !== undefined) return page;
        await close();
      }
      return own.next(after);
    },
    close,
  };
};
