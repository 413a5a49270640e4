import { isUnreachable } from './outage.ts';
import { outageBackOff, pause } from './pause.ts';

/**
 * Repeats a piece of work for as long as a server that it needs does not answer. Only for work that may be
 * done twice: whether the server did what it did not answer is not known. Throws whatever else the work
 * throws, and that the server is away once the signal aborts.
 */
export const throughOutage = async <T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> => {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isUnreachable(error) || signal.aborted) throw error;
      await pause(outageBackOff(failures), signal);
    }
  }
};
