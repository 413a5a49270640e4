import { setTimeout as timer } from 'node:timers/promises';
import { EventLogUnavailable } from '#libs/event-log/port';
import { errorDetails, type Log } from '#libs/projecting/index';

const PAUSE_AFTER_FAILURE_MILLISECONDS = 1_000;

/** The ledger may not say what was acknowledged: the process must end and begin again from what is durable. */
export const isFatal = (error: unknown): boolean =>
  error instanceof EventLogUnavailable && error.code !== 'disk-full';

export const pause = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  timer(milliseconds, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });

/**
 * Repeats a piece of work until the signal aborts. A round that fails is logged and tried again, unless the
 * failure must end the process.
 */
export const steadyLoop = async (
  name: string,
  { log, signal }: Readonly<{ log: Log; signal: AbortSignal }>,
  round: () => Promise<void>,
): Promise<void> => {
  while (!signal.aborted) {
    try {
      await round();
    } catch (error) {
      if (isFatal(error)) throw error;
      log.error(
        { event: 'round-failed', loop: name, ...errorDetails(error) },
        'The sender failed and goes on.',
      );
      await pause(PAUSE_AFTER_FAILURE_MILLISECONDS, signal);
    }
  }
};
