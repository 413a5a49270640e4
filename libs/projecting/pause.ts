import { setTimeout as timer } from 'node:timers/promises';

/** Waits, at most until the signal aborts; resolves either way. */
export const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await timer(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const FIRST_MILLISECONDS = 100;
const LONGEST_MILLISECONDS = 30_000;

/** How long to wait before attempt number `failures` + 1; doubles with each failure. */
export const backOff = (failures: number): number =>
  Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** Math.max(0, failures - 1));

const LONGEST_IN_OUTAGE_MILLISECONDS = 2_000;

/** As `backOff` while a server does not answer: nothing is broken, and work goes on soon after it is back. */
export const outageBackOff = (failures: number): number =>
  Math.min(LONGEST_IN_OUTAGE_MILLISECONDS, backOff(failures));
