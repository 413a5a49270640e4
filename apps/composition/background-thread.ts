import { constants, setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';

/**
 * Lets requests go first: a thread that works in the background gets the processor when nobody waits for
 * an answer. Linux keeps a priority for each thread; elsewhere it would slow down the whole process.
 */
export const workInBackground = (): void => {
  if (isMainThread || process.platform !== 'linux') return;
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
};
