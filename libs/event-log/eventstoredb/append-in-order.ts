import type { AppendOutcome } from '../port.ts';
import type { Appends } from './append-pool.ts';
import type { PreparedAppend } from './prepared-append.ts';

/**
 * Many appends whose order among all streams is the order given. A number of them leave at once, in one go, and
 * the server carries them out as they come. From the first on whose outcome is unknown each is resolved alone.
 * Rejects with the first failure, once all that was begun has ended; what is stored then is a beginning of it.
 */
export const appendInOrder = async (
  appends: readonly PreparedAppend[],
  inFlight: number,
  appender: Appends,
): Promise<readonly AppendOutcome[]> => {
  const outcomes: AppendOutcome[] = [];
  for (let start = 0; start < appends.length; start += inFlight) {
    const some = appends.slice(start, start + inFlight);
    const settled = await Promise.allSettled(some.map((append) => appender.attempt(append)));
    let isCertain = true;
    for (const [index, append] of some.entries()) {
      const attempt = settled[index];
      if (attempt?.status === 'rejected') throw attempt.reason;
      // What was said of those behind it is worth nothing: they may have failed for its sake.
      isCertain &&= attempt?.value !== undefined;
      const outcome = isCertain ? attempt?.value : undefined;
      outcomes.push(outcome ?? (await appender.resolve(append)));
    }
  }
  return outcomes;
};
