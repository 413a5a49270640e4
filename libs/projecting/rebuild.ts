import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Leases } from '#libs/leases/port';
import type { Generation, ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { compareGenerations, type Comparison } from './compare-generations.ts';
import { heldLease, leaseNames, type HeldLease } from './held-lease.ts';
import type { Clock, Log } from './log.ts';
import { pause } from './pause.ts';
import { batchOf, cutAt, readingOf, readPage, type Formats } from './read-page.ts';

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
  /** Called with the number of events read so far, for those who watch. */
  onEvents?: (events: number) => void;
}>;

export type RebuildReport = Comparison &
  Readonly<{ name: string; events: number; milliseconds: number }>;

/** A rebuild could not be carried out; what served before serves on. */
export class RebuildFailed extends Error {
  readonly code: 'already-running' | 'aborted';

  constructor(code: 'already-running' | 'aborted', message: string) {
    super(message);
    this.code = code;
    this.name = 'RebuildFailed';
  }
}

/** Few enough to be forgotten before the next ones are read: a collector need not move them. */
const PAGE_SIZE = 2_000;
const TRY_AGAIN_MILLISECONDS = 20;

/**
 * Makes a read model again from the first event, beside the one that serves: fills, catches up, asks the
 * runner to stand still, compares document for document, promotes, drops the old. Strict: any error ends it
 * and changes nothing. May run in another process than the runner, which follows by itself. What is found
 * different is reported and the rebuilt model serves, as that is what the ledger says.
 * Throws `RebuildFailed`, or whatever the ledger, the projection or the store throws.
 */
export const rebuild = async (options: RebuildOptions): Promise<RebuildReport> => {
  const { projection, leases } = options;
  const { name } = projection;
  const alone = heldLease(leases, leaseNames.rebuilding(name), options);
  if (!(await alone.hold())) {
    throw new RebuildFailed('already-running', `The read model ${name} is being rebuilt already.`);
  }
  try {
    return await rebuildAlone(alone, options);
  } finally {
    // A rebuilt model that was not promoted, or an old one that was not dropped, holds personal data.
    await options.readStore.discard(projection);
    await options.readStore.scrub();
    await alone.release();
  }
};

/** Removes what interrupted rebuilds left behind, where no rebuild is running. For the start of a runner. */
export const cleanUpRebuilds = async (
  projections: readonly Projection[],
  options: Pick<RebuildOptions, 'readStore' | 'leases' | 'holder' | 'clock'>,
): Promise<void> => {
  for (const projection of projections) {
    const alone = heldLease(options.leases, leaseNames.rebuilding(projection.name), options);
    if (!(await alone.hold())) continue;
    await options.readStore.discard(projection);
    await alone.release();
  }
  await options.readStore.scrub();
};

const rebuildAlone = async (alone: HeldLease, options: RebuildOptions): Promise<RebuildReport> => {
  const { projection, readStore, clock, log } = options;
  const { name } = projection;
  const startedAt = clock();
  await readStore.discard(projection);
  const next = await readStore.begin(projection);
  log.info({ projection: name, event: 'rebuild-started' }, 'A read model is being rebuilt.');
  const keep = keeper([alone], options);
  let events = await fill(next, keep, options);
  const { onEvents: _watched, ...unwatched } = options;
  await next.prepare();
  // What arrived while the indexes were built; little is left for when the runner stands still.
  events += await fill(next, keep, unwatched);
  const comparison = await withRunnerStill(alone, options, async (keepAll) => {
    const serving = await readStore.serving(projection);
    await fill(serving, keepAll, unwatched);
    events += await fill(next, keepAll, { ...unwatched, upTo: await serving.checkpoint() });
    const compared = await compareGenerations(serving, next, keepAll);
    await (await readStore.promote(projection, next)).drop();
    return compared;
  });
  const report = { name, events, milliseconds: clock() - startedAt, ...comparison };
  const { differences: _, ...figures } = report;
  log.info({ ...figures, event: 'rebuild-done' }, 'A rebuilt read model serves now.');
  return report;
};

/** Throws once the rebuild must end: it was asked to, or a lease went to somebody else. */
type Keep = () => Promise<void>;

const keeper =
  (leases: readonly HeldLease[], { signal, projection }: RebuildOptions): Keep =>
  async () => {
    const held = await Promise.all(leases.map((lease) => lease.hold()));
    if (!signal.aborted && held.every(Boolean)) return;
    throw new RebuildFailed(
      'aborted',
      `The rebuild of ${projection.name} was interrupted. What served before serves on.`,
    );
  };

/** Applies events from a generation's checkpoint to the head of the ledger, or a position; counts them. */
const fill = async (
  generation: Generation,
  keep: Keep,
  options: RebuildOptions & { readonly upTo?: Position | undefined },
): Promise<number> => {
  const { ledger, projection, upTo, onEvents, pageSize = PAGE_SIZE } = options;
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

/** Does the work while no runner changes the serving model: theirs is the lease until they let go of it. */
const withRunnerStill = async <T>(
  alone: HeldLease,
  options: RebuildOptions,
  work: (keep: Keep) => Promise<T>,
): Promise<T> => {
  const { leases, projection, signal } = options;
  const request = heldLease(leases, leaseNames.cutOver(projection.name), options);
  const projecting = heldLease(leases, leaseNames.projecting(projection.name), options);
  try {
    for (const lease of [request, projecting]) {
      while (!(await lease.hold())) {
        await keeper([alone], options)();
        if (lease === projecting) await request.hold();
        await pause(TRY_AGAIN_MILLISECONDS, signal);
      }
    }
    return await work(keeper([alone, request, projecting], options));
  } finally {
    await projecting.release();
    await request.release();
  }
};
