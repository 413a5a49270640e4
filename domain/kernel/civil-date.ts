import { Temporal } from 'temporal-polyfill';
import type { Brand } from './brand.ts';
import { instantOf, millisecondsOf, type Instant } from './instant.ts';

/** A calendar day without time or zone, `2026-11-23`; compares as text. */
export type CivilDate = Brand<string, 'CivilDate'>;

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeap(year) ? 29 : (DAYS[month - 1] ?? 0);

export const isCivilDate = (text: string): text is CivilDate => {
  const match = PATTERN.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return day >= 1 && day <= daysInMonth(year, month);
};

/** Accepts an existing day of the Gregorian calendar. Throws `TypeError` on anything else. */
export const CivilDate = (text: string): CivilDate => {
  if (!isCivilDate(text)) throw new TypeError('Not a calendar day in the form 2026-11-23.');
  return text;
};

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/**
 * Adds whole months; a day that the target month lacks becomes its last day (31 August + 6 months =
 * 28 February). Source: Interpretation Act (Canada) s. 28, in the cautious reading. Plain arithmetic,
 * because it runs right before each message: 0.4 µs, where `Temporal.PlainDate` takes 7 µs. A test shows
 * that both give the same day.
 */
export const plusMonths = (date: CivilDate, months: number): CivilDate => {
  const since = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const year = Math.floor(since / 12);
  const month = since - year * 12 + 1;
  const day = Math.min(Number(date.slice(8, 10)), daysInMonth(year, month));
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as CivilDate;
};

export const plusDays = (date: CivilDate, days: number): CivilDate =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10) as CivilDate;

export const earlierOf = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);
export const laterOf = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

type DayInZone = Readonly<{ date: CivilDate; from: number; until: number }>;

/** The day looked up last in each zone: nearly all questions are about the present day. */
const lastDayIn = new Map<string, DayInZone>();

const dayIn = (timeZone: string, milliseconds: number): DayInZone => {
  const start = Temporal.Instant.fromEpochMilliseconds(milliseconds)
    .toZonedDateTimeISO(timeZone)
    .startOfDay();
  const day: DayInZone = {
    date: start.toPlainDate().toString() as CivilDate,
    from: start.epochMilliseconds,
    until: start.add({ days: 1 }).startOfDay().epochMilliseconds,
  };
  lastDayIn.set(timeZone, day);
  return day;
};

/**
 * The calendar day that an instant falls on in an IANA time zone such as `America/Toronto`. Throws
 * `RangeError` for an unknown zone.
 */
export const civilDateIn = (timeZone: string, instant: Instant): CivilDate => {
  const milliseconds = millisecondsOf(instant);
  const last = lastDayIn.get(timeZone);
  return last !== undefined && last.from <= milliseconds && milliseconds < last.until
    ? last.date
    : dayIn(timeZone, milliseconds).date;
};

/** The first instant of a calendar day in an IANA time zone. Throws `RangeError` for an unknown zone. */
export const startOfDay = (timeZone: string, date: CivilDate): Instant =>
  instantOf(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);

export const isTimeZone = (timeZone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
};
