import type { ReadStore } from '../port.ts';

/** One place where read models are kept. `open` may be called again: another process does the same. */
export type ReadStorePlace = Readonly<{
  open: () => Promise<ReadStore>;
  remove: () => Promise<void>;
}>;
