import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import { retryThenStop, type ErrorPolicy } from './error-policy.ts';
import { isUnreachable } from './outage.ts';
import { pause } from './pause.ts';
import { projectionProgress, type Progress } from './progress.ts';
import { cutAt, readingOf, readPage, type Formats } from './read-page.ts';
import { projectionTrack, type Track, type TrackOptions } from './track.ts';

export type RunProjectionsOptions = Omit<TrackOptions, 'policy' | 'progress'> &
  Readonly<{
    ledger: Ledger;
    formats: Formats;
    projections: readonly Projection[];
    signal: AbortSignal;
    progress?: Progress;
    policy?: ErrorPolicy;
    /** Events read at once. */
    pageSize?: number;
    /** How long events may gather before the next page, once at the head of the ledger; longer under steady writes. */
    gatherMilliseconds?: number;
  }>;

export const RUNNER_PAGE_EVENTS = 1_000;
/** Pages of a few events would cost several times as much for each event. */
const GATHER_MILLISECONDS = 10;
/** Under steady writes nobody waits for one event, and every page written competes with those who write events. */
const STEADY_FACTOR = 5;
/** Leases must be renewed, and others may have let go of theirs. */
const LONGEST_WAIT_MILLISECONDS = 500;

/**
 * Keeps read models up to date until the signal aborts. Projections that are equally far share one pass
 * over the ledger. Each is in the hands of one process at a time; one that fails is tried again, then
 * stopped, and never holds up the others. While a server does not answer, all that need it wait for it, however
 * long. Resolves once all work has ended and the leases are given back.
 */
export const runProjections = async (options: RunProjectionsOptions): Promise<void> => {
  const { ledger, signal, policy = retryThenStop, progress = projectionProgress() } = options;
  const tracks = options.projections.map((projection) =>
    projectionTrack(projection, { ...options, policy, progress }),
  );
  try {
    while (!signal.aborted) {
      const ready = await readyOf(tracks);
      const moved = await stepAll(ready, options);
      if (moved === 'full-page') continue;
      if (moved === 'nothing') await waitForWork(ready, ledger, signal);
      const gather = options.gatherMilliseconds ?? GATHER_MILLISECONDS;
      await pause(moved === 'many' ? gather * STEADY_FACTOR : gather, signal);
    }
  } finally {
    await Promise.all(tracks.map((track) => track.release()));
  }
};

const readyOf = async (tracks: readonly Track[]): Promise<readonly Track[]> => {
  // At once: each may have to ask a server for its lease.
  const ready = await Promise.all(tracks.map((track) => track.isReady()));
  return tracks.filter((_, index) => ready[index] === true);
};

const waitForWork = async (
  ready: readonly Track[],
  ledger: Ledger,
  signal: AbortSignal,
): Promise<void> => {
  const [first] = ready;
  if (first === undefined) {
    await pause(LONGEST_WAIT_MILLISECONDS / 2, signal);
    return;
  }
  const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS)]);
  try {
    await ledger.waitForAppend(first.checkpoint(), until);
  } catch (error) {
    // The next page says so to those whom it concerns.
    if (!isUnreachable(error)) throw error;
  }
};

/** How far a pass went. After a full page there is more to read at once. */
type Moved = (typeof DISTANCES)[number];
const DISTANCES = ['nothing', 'few', 'many', 'full-page'] as const;
const furtherOf = (a: Moved, b: Moved): Moved =>
  DISTANCES.indexOf(a) > DISTANCES.indexOf(b) ? a : b;

/** More events than one person's act makes: others write too. */
const MANY = 8;
const distanceOf = (events: number, pageSize: number): Moved => {
  if (events >= pageSize) return 'full-page';
  return events > MANY ? 'many' : 'few';
};

/** Tracks that are equally far, in order; the farthest last. */
const groupsOf = (tracks: readonly Track[]): (readonly Track[])[] => {
  const groups = Map.groupBy(tracks, (track) => track.checkpoint() ?? '');
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
};

/** One page for each group that is behind. */
const stepAll = async (ready: readonly Track[], options: RunProjectionsOptions): Promise<Moved> => {
  const groups = groupsOf(ready);
  let moved: Moved = 'nothing';
  for (const [n, group] of groups.entries()) {
    if (options.signal.aborted) return moved;
    // Not past those ahead, so that both go on together from there.
    const ahead = groups[n + 1]?.[0]?.checkpoint();
    moved = furtherOf(moved, await step(group, ahead, options));
  }
  return moved;
};

const step = async (
  group: readonly Track[],
  ahead: Position | undefined,
  options: RunProjectionsOptions,
): Promise<Moved> => {
  const { ledger, formats, pageSize = RUNNER_PAGE_EVENTS } = options;
  const after = group[0]?.checkpoint();
  const reading = readingOf(
    formats,
    group.map(({ projection }) => projection),
  );
  try {
    const read = await readPage(ledger, after, pageSize, reading);
    const page = cutAt(read, ahead);
    if (page.end === after) {
      for (const track of group) track.isLive();
      return 'nothing';
    }
    for (const track of group) await track.take(page);
    return distanceOf(read.events.length, pageSize);
  } catch (error) {
    await readFailed(group, error, options);
    return 'few';
  }
};

/** An event that cannot be read stops only the projections that need it; a log that does not answer, all. */
const readFailed = async (
  group: readonly Track[],
  error: unknown,
  options: RunProjectionsOptions,
): Promise<void> => {
  if (group.length === 1 || isUnreachable(error)) {
    for (const track of group) await track.failed(error);
    return;
  }
  for (const track of group) await step([track], undefined, options);
};
