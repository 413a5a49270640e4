import { setTimeout } from 'node:timers/promises';

/** How long the log waits for its server, in milliseconds. */
export type Patience = Readonly<{
  /** For the first answer, when it is opened. */
  open: number;
  /** For one answer. */
  call: number;
  /** How long a call that failed is tried again. */
  retry: number;
  /** How often it looks whether the subscription has fallen silent. */
  watch: number;
}>;

export const USUAL_PATIENCE: Patience = { open: 8_000, call: 10_000, retry: 5_000, watch: 5_000 };

const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 1_000;

/** A pause before the next attempt, longer after each failure; none once the signal is aborted. */
export const backOff = async (failures: number, signal: AbortSignal): Promise<void> => {
  const longest = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** failures);
  // Not all clients of a server that comes back should knock at the same moment.
  const milliseconds = longest * (0.5 + Math.random() / 2);
  await pause(milliseconds, signal);
};

/** Ends early when the signal is aborted. */
export const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  // An abort is all that can go wrong with it.
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
};

/** Rejects with what `late` makes when there is no answer in time. The work itself goes on. */
export const inTime = async <T>(
  work: Promise<T>,
  milliseconds: number,
  late: () => Error,
): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = globalThis.setTimeout(() => reject(late()), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};
