import { setTimeout as timer } from 'node:timers/promises';
import { EventLogUnavailable } from '#libs/event-log/port';
import { errorDetails, isUnreachable, type Log } from '#libs/projecting/index';

const PAUSE_AFTER_FAILURE_MILLISECONDS = 1_000;
const WAITS = 'The sender waits for a server that does not answer.';

/**
 * The ledger may not say what was acknowledged: the process must end and begin again from what is durable. One
 * that does not answer now is waited for.
 */
export const isFatal = (error: unknown): boolean =>
  error instanceof EventLogUnavailable && error.code !== 'disk-full' && !isUnreachable(error);

export const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  timer(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

/**
 * Repeats a piece of work until the signal aborts. A round that fails is logged and tried again, unless the
 * failure must end the process. A server that is away is mentioned once.
 */
export const steadyLoop = async (
  name: string,
  { log, signal }: Readonly<{ log: Log; signal: AbortSignal }>,
  round: () => Promise<void>,
): Promise<void> => {
  let isAway = false;
  while (!signal.aborted) {
    try {
      await round();
      if (isAway) log.info({ event: 'round-goes-on', loop: name }, 'The sender goes on.');
      isAway = false;
    } catch (error) {
      if (isFatal(error)) throw error;
      const details = { loop: name, ...errorDetails(error) };
      if (!isUnreachable(error)) {
        log.error({ event: 'round-failed', ...details }, 'The sender failed and goes on.');
      } else if (!isAway) {
        isAway = true;
        log.warn({ event: 'round-waits', ...details }, WAITS);
      }
      await pause(PAUSE_AFTER_FAILURE_MILLISECONDS, signal);
    }
  }
};
