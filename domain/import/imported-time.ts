import { Temporal } from 'temporal-polyfill';
import { isCivilDate, plusDays, type CivilDate, type Instant } from '#domain/kernel/index';

/**
 * A moment as a file writes it: a calendar day alone, or with a time (UTC where no offset stands beside it,
 * as in Mailchimp's exports).
 */
export type ImportedTime = Readonly<{ date: CivilDate; instant: Instant | undefined }>;

const FORM =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

/** Undefined for what is no moment in one of these forms. Never guesses which of 03/04 is the month. */
export const readTime = (text: string): ImportedTime | undefined => {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, date = '', hour, minute = '00', second = '00', fraction = '', offset = 'Z'] = match;
  if (!isCivilDate(date)) return undefined;
  if (hour === undefined) return { date, instant: undefined };
  if (hour > '23' || minute > '59' || second > '59') return undefined;
  const written = `${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  return offset === 'Z' || offset === 'UTC'
    ? { date, instant: `${written}Z` as Instant }
    : withOffset(written, offset);
};

const withOffset = (written: string, offset: string): ImportedTime | undefined => {
  const milliseconds = Date.parse(`${written}${offset.slice(0, 3)}:${offset.slice(-2)}`);
  if (Number.isNaN(milliseconds)) return undefined;
  const instant = new Date(milliseconds).toISOString() as Instant;
  return { date: instant.slice(0, 10) as CivilDate, instant };
};

type Day = Readonly<{ start: Instant; end: Instant; before: CivilDate; after: CivilDate }>;

/**
 * The calendar days of a time zone, for many moments: where each day begins is looked up once. Rows of one
 * file fall on few thousand days, and asking the calendar for each row would take most of an import's time.
 */
export class CivilDays {
  readonly #timeZone: string;
  readonly #days = new Map<CivilDate, Day>();

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  /** The day that a moment falls on in this zone; a day alone is that day. */
  dayOf({ date, instant }: ImportedTime): CivilDate {
    if (instant === undefined) return date;
    const { start, end, before, after } = this.#day(date);
    if (instant < start) return before;
    return instant < end ? date : after;
  }

  /** The first instant of a day given alone; the instant itself otherwise. */
  instantOf({ date, instant }: ImportedTime): Instant {
    return instant ?? this.#day(date).start;
  }

  #day(date: CivilDate): Day {
    const known = this.#days.get(date);
    if (known !== undefined) return known;
    const after = plusDays(date, 1);
    const [start, end] = [this.#startOf(date), this.#startOf(after)];
    const day = { start, end, before: plusDays(date, -1), after };
    this.#days.set(date, day);
    return day;
  }

  #startOf(date: CivilDate): Instant {
    const start = Temporal.PlainDate.from(date).toZonedDateTime(this.#timeZone);
    return new Date(start.epochMilliseconds).toISOString() as Instant;
  }
}
