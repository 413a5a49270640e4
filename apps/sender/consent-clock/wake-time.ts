import { laterOf, plusDays, startOfDay, type CivilDate, type Instant } from '#domain/kernel/index';

/** What an account waits for. */
export type Awaited = Readonly<{
  timeZone: string;
  /** The day it is where the account is. */
  today: CivilDate;
  /** The next last day of anybody, today or later. */
  nextDay?: CivilDate | undefined;
  /** When a next last day is over where the recipient is, if that is later than now. */
  nextEnd?: Instant | undefined;
  /** How many days before a last day the first request goes out; 0 for none. */
  firstRequest: number;
}>;

/**
 * When something may be due in an account: a midnight where it is, or where one of its recipients is (C-13).
 * Undefined while nothing is to come.
 */
export const wakeTime = (awaited: Awaited): Instant | undefined => {
  const { timeZone, today, nextDay, nextEnd, firstRequest } = awaited;
  const times: Instant[] = nextEnd === undefined ? [] : [nextEnd];
  if (nextDay !== undefined) {
    times.push(startOfDay(timeZone, plusDays(nextDay, 1)));
    // Within reach of a request, each new day may bring one.
    if (firstRequest > 0) {
      const day = laterOf(plusDays(today, 1), plusDays(nextDay, -firstRequest));
      times.push(startOfDay(timeZone, day));
    }
  }
  return times.toSorted()[0];
};
