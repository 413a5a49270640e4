import type { Position } from '#domain/kernel/index';
import type { ReadModel } from '#libs/read-store/port';
import { pause } from './pause.ts';
import type { Progress } from './progress.ts';

const FIRST_PAUSE_MILLISECONDS = 2;
const LONGEST_PAUSE_MILLISECONDS = 25;

export type WaitOptions = Readonly<{
  timeoutMilliseconds: number;
  /** Wakes the wait at once where the projection runs in this process. */
  progress?: Readonly<{ of: Progress; name: string }>;
  signal?: AbortSignal;
}>;

/**
 * Waits until a read model has seen a position, for `?after=` reads: true once it has, false when time or
 * signal end the wait. Looks at the checkpoint, so it works whichever process projects.
 */
export const whenProcessed = async (
  model: ReadModel,
  position: Position,
  { timeoutMilliseconds, progress, signal }: WaitOptions,
): Promise<boolean> => {
  const timeout = AbortSignal.timeout(timeoutMilliseconds);
  const end = signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
  for (
    let wait = FIRST_PAUSE_MILLISECONDS;
    ;
    wait = Math.min(wait * 2, LONGEST_PAUSE_MILLISECONDS)
  ) {
    const checkpoint = await model.checkpoint();
    if (checkpoint !== undefined && checkpoint >= position) return true;
    if (end.aborted) return false;
    const woken = new AbortController();
    const either = AbortSignal.any([end, woken.signal]);
    const waits = [pause(wait, either)];
    if (progress !== undefined) waits.push(progress.of.next(progress.name, either));
    await Promise.race(waits);
    woken.abort();
  }
};
