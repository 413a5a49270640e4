import { setTimeout as pause } from 'node:timers/promises';
import { isUnreachable, outageBackOff } from '#libs/projecting/index';

/** Shorter than the patience with a server that does not answer at all, which is not tried anew. */
const AGAIN_WITHIN_MILLISECONDS = 4_000;

/**
 * Does a step of the start again where a connection broke on the way, for a bounded time: as when a server has just
 * begun, or many processes make a new database at once. Only for steps that may be done twice. Throws what the last
 * attempt threw.
 */
export const repeatedAtStart = async <T>(step: () => Promise<T>): Promise<T> => {
  const until = performance.now() + AGAIN_WITHIN_MILLISECONDS;
  for (let failures = 1; ; failures += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isUnreachable(error) || performance.now() > until) throw error;
      await pause(outageBackOff(failures));
    }
  }
};
