import { Temporal } from 'temporal-polyfill';
import type { Brand } from './brand.ts';
import type { Instant } from './instant.ts';

/** A calendar day without time or zone, `2026-11-23`; compares as text. */
export type CivilDate = Brand<string, 'CivilDate'>;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean =>
  (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const isCivilDate = (text: string): text is CivilDate => {
  const match = PATTERN.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const days = month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
};

/** Accepts an existing day of the Gregorian calendar. Throws `TypeError` on anything else. */
export const CivilDate = (text: string): CivilDate => {
  if (!isCivilDate(text)) throw new TypeError('Not a calendar day in the form 2026-11-23.');
  return text;
};

/**
 * Adds whole months; a day that the target month lacks becomes its last day (31 August + 6 months =
 * 28 February). Source: Interpretation Act (Canada) s. 28, in the cautious reading.
 */
export const plusMonths = (date: CivilDate, months: number): CivilDate =>
  Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString() as CivilDate;

export const plusDays = (date: CivilDate, days: number): CivilDate =>
  Temporal.PlainDate.from(date).add({ days }).toString() as CivilDate;

export const earlierOf = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);
export const laterOf = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

/** The calendar day that an instant falls on in an IANA time zone such as `America/Toronto`. */
export const civilDateIn = (timeZone: string, instant: Instant): CivilDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString() as CivilDate;

export const isTimeZone = (timeZone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
};
