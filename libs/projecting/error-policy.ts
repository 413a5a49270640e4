import { backOff } from './pause.ts';

/** After a failure: how long to wait before the next attempt, or that a person must look at it. */
export type ErrorPolicy = (failures: number) => { retryAfterMilliseconds: number } | 'stop';

const ATTEMPTS = 8;

/** Eight attempts within about half a minute: long enough for a full disk to be noticed and a lock to pass. */
export const retryThenStop: ErrorPolicy = (failures) =>
  failures >= ATTEMPTS ? 'stop' : { retryAfterMilliseconds: backOff(failures) };
