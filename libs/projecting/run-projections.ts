import type { Position } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import type { Projection } from '#libs/read-store/projection';
import { retryThenStop, type ErrorPolicy } from './error-policy.ts';
import { pause } from './pause.ts';
import { projectionProgress, type Progress } from './progress.ts';
import { cutAt, formatsOf, readPage, type Formats } from './read-page.ts';
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
    /** How long events may gather before a page of few is read. */
    gatherMilliseconds?: number;
  }>;

const PAGE_SIZE = 1_000;
const GATHER_MILLISECONDS = 5;
/** Leases must be renewed, and others may have let go of theirs. */
const LONGEST_WAIT_MILLISECONDS = 500;

/**
 * Keeps read models up to date until the signal aborts. Projections that are equally far share one pass
 * over the ledger. Each is in the hands of one process at a time; one that fails is tried again, then
 * stopped, and never holds up the others. Resolves once all work has ended and the leases are given back.
 */
export const runProjections = async (options: RunProjectionsOptions): Promise<void> => {
  const { ledger, signal, policy = retryThenStop, progress = projectionProgress() } = options;
  const tracks = options.projections.map((projection) =>
    projectionTrack(projection, { ...options, policy, progress }),
  );
  try {
    while (!signal.aborted) {
      const ready = await readyOf(tracks);
      if (!(await stepAll(ready, options))) {
        await waitForWork(ready, ledger, signal, options.gatherMilliseconds);
      }
    }
  } finally {
    await Promise.all(tracks.map((track) => track.release()));
  }
};

const readyOf = async (tracks: readonly Track[]): Promise<readonly Track[]> => {
  const ready: Track[] = [];
  for (const track of tracks) if (await track.isReady()) ready.push(track);
  return ready;
};

const waitForWork = async (
  ready: readonly Track[],
  ledger: Ledger,
  signal: AbortSignal,
  gatherMilliseconds = GATHER_MILLISECONDS,
): Promise<void> => {
  const [first] = ready;
  if (first === undefined) {
    await pause(LONGEST_WAIT_MILLISECONDS / 2, signal);
    return;
  }
  const until = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_WAIT_MILLISECONDS)]);
  const appended = await ledger.waitForAppend(first.checkpoint(), until);
  if (appended) await pause(gatherMilliseconds, signal);
};

/** Tracks that are equally far, in order; the farthest last. */
const groupsOf = (tracks: readonly Track[]): (readonly Track[])[] => {
  const groups = Map.groupBy(tracks, (track) => track.checkpoint() ?? '');
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
};

/** One page for each group that is behind; false when all are at the head. */
const stepAll = async (
  ready: readonly Track[],
  options: RunProjectionsOptions,
): Promise<boolean> => {
  const groups = groupsOf(ready);
  let moved = false;
  for (const [n, group] of groups.entries()) {
    if (options.signal.aborted) return true;
    // Not past those ahead, so that both go on together from there.
    const ahead = groups[n + 1]?.[0]?.checkpoint();
    if (await step(group, ahead, options)) moved = true;
  }
  return moved;
};

const step = async (
  group: readonly Track[],
  ahead: Position | undefined,
  options: RunProjectionsOptions,
): Promise<boolean> => {
  const { ledger, formats, pageSize = PAGE_SIZE } = options;
  const after = group[0]?.checkpoint();
  const categories = new Set(group.flatMap(({ projection }) => projection.categories));
  try {
    const read = await readPage(ledger, after, pageSize, formatsOf(formats, categories));
    const page = cutAt(read, ahead);
    if (page.end === after) {
      for (const track of group) track.isLive();
      return false;
    }
    for (const track of group) await track.take(page);
    return true;
  } catch (error) {
    await readFailed(group, error, options);
    return true;
  }
};

/** An event that cannot be read stops only the projections that need it. */
const readFailed = async (
  group: readonly Track[],
  error: unknown,
  options: RunProjectionsOptions,
): Promise<void> => {
  const [only, ...others] = group;
  if (only !== undefined && others.length === 0) {
    await only.failed(error);
    return;
  }
  for (const track of group) await step([track], undefined, options);
};
