import type { Ledger } from '#libs/ledger/port';
import type { Leases } from '#libs/leases/port';
import type { Generation, ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { compareGenerations, type Comparison } from './compare-generations.ts';
import { fillGeneration } from './fill-generation.ts';
import { helpedPages, type StartReader } from './helped-pages.ts';
import { heldLease, leaseNames, renewedWhile, type HeldLease } from './held-lease.ts';
import { errorDetails, type Clock, type Log } from './log.ts';
import { projectedPages, readingAhead, type PageSource } from './page-source.ts';
import { RUNNER_PAGE_EVENTS } from './run-projections.ts';
import { RebuildFailed } from './rebuild-failed.ts';
import { later, type Formats } from './read-page.ts';
import { keeper, withRunnerStill, type Keep } from './runner-still.ts';

export type RebuildOptions = Readonly<{
  projection: Projection;
  ledger: Ledger;
  formats: Formats;
  readStore: ReadStore;
  leases: Leases;
  /** Other than the holder of any runner, even of one in this process. */
  holder: string;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  pageSize?: number;
  /** Starts a thread that reads and projects ahead of this one, for a long ledger. */
  startReader?: StartReader;
  /** Called with the number of events read so far, for those who watch. */
  onEvents?: (events: number) => void;
}>;

/** What was found by comparing what served with what the ledger says. */
export type RebuildReport = Comparison &
  Readonly<{ name: string; events: number; milliseconds: number }>;

/** Building the indexes of a large model can stop this thread for a while: nothing is renewed then. Nobody waits for this work. */
const REBUILDING_MILLISECONDS = 30_000;

/**
 * Makes a read model again from the first event, beside the one that serves: fills, catches up, asks the
 * runner to stand still, compares document for document, promotes, drops the old. Strict: any error ends it
 * and changes nothing. May run in another process than the runner, which follows by itself. What is found
 * different is reported and the rebuilt model serves, as that is what the ledger says.
 * Throws `RebuildFailed`, or whatever the ledger, the projection or the store throws.
 */
export const rebuild = (options: RebuildOptions): Promise<RebuildReport> =>
  alone(options, async (next) => {
    const { readStore, projection } = options;
    await (await readStore.promote(projection, next)).drop();
  });

/** As `rebuild`, but only compares: what is made again is dropped, and what served before serves on. */
export const verify = (options: RebuildOptions): Promise<RebuildReport> =>
  alone(options, (next) => next.drop());

/** Removes what interrupted rebuilds left behind, where no rebuild is running. For the start of a runner. */
export const cleanUpRebuilds = async (
  projections: readonly Projection[],
  options: Pick<RebuildOptions, 'readStore' | 'leases' | 'holder' | 'clock'>,
): Promise<void> => {
  for (const projection of projections) {
    const lease = heldLease(options.leases, leaseNames.rebuilding(projection.name), options);
    if (!(await lease.hold())) continue;
    await options.readStore.discard(projection);
    await lease.release();
  }
  await options.readStore.scrub();
};

/** What becomes of a new generation that was compared, while no runner changes anything. */
type Then = (next: Generation) => Promise<void>;

const alone = async (options: RebuildOptions, then: Then): Promise<RebuildReport> => {
  const { projection, leases, readStore, holder, clock, log } = options;
  const { name } = projection;
  const durationMilliseconds = REBUILDING_MILLISECONDS;
  const lease = heldLease(leases, leaseNames.rebuilding(name), {
    holder,
    clock,
    durationMilliseconds,
  });
  if (!(await lease.hold())) {
    throw new RebuildFailed('already-running', `The read model ${name} is being rebuilt already.`);
  }
  const cleanUp = async (): Promise<void> => {
    try {
      // A rebuilt model that was not promoted, or an old one that was not dropped, holds personal data.
      await readStore.discard(projection);
      await readStore.scrub();
    } finally {
      await lease.release();
    }
  };
  let report: RebuildReport;
  try {
    report = await renewedWhile(lease.hold, () => makeAgain(lease, options, then));
  } catch (error) {
    // What went wrong first is thrown.
    await cleanUp().catch((left: unknown) => {
      const told = { projection: name, event: 'rebuild-not-cleaned-up', ...errorDetails(left) };
      log.warn(told, 'What a rebuild leaves is removed when a projector starts next.');
    });
    throw error;
  }
  await cleanUp();
  return report;
};

const makeAgain = async (
  lease: HeldLease,
  options: RebuildOptions,
  then: Then,
): Promise<RebuildReport> => {
  const { projection, readStore, clock, log } = options;
  const { name } = projection;
  const startedAt = clock();
  await readStore.discard(projection);
  const next = await readStore.begin(projection);
  log.info({ projection: name, event: 'rebuild-started' }, 'A read model is made again.');
  const keepAlone = keeper([lease], options);
  let events = await fillFromStart(next, keepAlone, options);
  await next.prepare();
  // What arrived while the indexes were built; little is left for when the runner stands still.
  events += await fillGeneration(next, { pages: await pagesOfNow(options), keep: keepAlone });
  const comparison = await withRunnerStill(lease, options, async (keep) => {
    const serving = await readStore.serving(projection);
    const upTo = later(await serving.checkpoint(), await next.checkpoint());
    if (upTo !== undefined) {
      // What serves may be far behind: larger batches than those of a rebuild are written as one.
      const pages = projectedPages({ pageSize: RUNNER_PAGE_EVENTS, ...options, upTo });
      await fillGeneration(serving, { pages, keep });
      events += await fillGeneration(next, { pages, keep });
    }
    const compared = await compareGenerations(serving, next, keep);
    // Who lost a lease during the last page does not know what was compared.
    await keep();
    await then(next);
    return compared;
  });
  const report = { name, events, milliseconds: clock() - startedAt, ...comparison };
  const { differences: _, ...figures } = report;
  log.info({ ...figures, event: 'rebuild-done' }, 'A read model was made again and compared.');
  return report;
};

/** As far as the ledger goes now: others may write faster than it is read. */
const pagesOfNow = async (options: RebuildOptions): Promise<PageSource> =>
  projectedPages({ ...options, upTo: await options.ledger.head() });

/** All that the ledger has, which is most of the work. */
const fillFromStart = async (
  next: Generation,
  keep: Keep,
  options: RebuildOptions,
): Promise<number> => {
  const { startReader, onEvents, projection, log } = options;
  const gaveUp = (details: object): void => {
    const told = { ...details, projection: projection.name, event: 'rebuild-reader-failed' };
    log.warn(told, 'A thread that reads ahead failed; the rebuild reads by itself.');
  };
  const pages = helpedPages(
    readingAhead(await pagesOfNow(options)),
    startReader && (() => startReader(projection.name, gaveUp)),
  );
  try {
    return await fillGeneration(next, { pages, keep, onEvents });
  } finally {
    await pages.close();
  }
};
