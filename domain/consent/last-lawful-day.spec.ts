import { describe, expect, it } from '@jest/globals';
import { CivilDate } from '#domain/kernel/index';
import { firstLawfulDay, lastLawfulDay } from './consent-period.ts';
import type { ImpliedBasis } from './consent.ts';
import { implied } from './testing/examples.ts';

// The statute's words once more, in this file's own arithmetic: it shares none with what it checks.

/** Days since 1 March of year 0, so that a leap day is the last of its year. */
const dayNumber = (year: number, month: number, day: number): number => {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leaps + Math.floor((m * 306 + 5) / 10) + day - 1;
};
const lengthOf = (year: number, month: number): number =>
  dayNumber(month === 12 ? year + 1 : year, (month % 12) + 1, 1) - dayNumber(year, month, 1);

type Day = Readonly<{ number: number; year: number; month: number; day: number; text: string }>;
const calendar: Day[] = [];
for (let year = 2016; year < 2036; year += 1) {
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= lengthOf(year, month); day += 1) {
      const text = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
      calendar.push({ number: dayNumber(year, month, day), year, month, day, text });
    }
  }
}
const numbers = new Map(calendar.map(({ text, number }) => [text, number]));
const numberOf = (text: string | undefined): number => numbers.get(text ?? '') ?? NaN;
const events = calendar.filter(({ year }) => year >= 2019 && year <= 2031);

/**
 * "A period of time consisting of a number of months before … a specified day": the months are counted
 * without the one of that day, "excluding the specified day", down to "the day that has the same calendar
 * number as the specified day or, if that month has no day with that number, the last day of that month"
 * (Interpretation Act s. 28; s. 37(1): a year is twelve months; s. 27(5): the day itself is left out).
 */
const monthsBefore = ({ year, month, day }: Day, months: number): number => {
  let [y, m] = [year, month];
  for (let counted = 0; counted < months; counted += 1) [y, m] = m === 1 ? [y - 1, 12] : [y, m - 1];
  return dayNumber(y, m, Math.min(day, lengthOf(y, m)));
};

type Span = readonly [first: number, last: number];

/** Sending days D with `D-24mo <= E <= D-1`: the event "within the period immediately before the day". */
const lawfulDays = (months: number): ((event: Day) => Span) => {
  const end = dayNumber(2036, 1, 1);
  const [firsts, lasts] = [new Int32Array(end), new Int32Array(end)];
  for (const sending of calendar) {
    for (let event = monthsBefore(sending, months); event <= sending.number - 1; event += 1) {
      if (firsts[event] === 0) firsts[event] = sending.number;
      lasts[event] = sending.number;
    }
  }
  return ({ number }) => [firsts[number] ?? NaN, lasts[number] ?? NaN];
};

/** Largest number of days by which ours ends earlier; throws where it ends later or begins earlier. */
const largestGap = (basis: ImpliedBasis, statutory: (event: Day) => Span): number => {
  let largest = 0;
  for (const event of events) {
    const consent = implied(basis, event.text);
    const [first, last] = statutory(event);
    const gap = last - numberOf(lastLawfulDay(consent));
    const early = first - numberOf(firstLawfulDay(consent) ?? event.text);
    if (!(gap >= 0))
      throw new Error(`${basis} of ${event.text} lasts ${String(-gap)} days too long`);
    if (!(early <= 0)) throw new Error(`${basis} of ${event.text} begins too early`);
    largest = Math.max(largest, gap);
  }
  return largest;
};

describe('for every day from 2019 to 2031 as the event', () => {
  const [withinSix, withinTwentyFour] = [lawfulDays(6), lawfulDays(24)];

  it.each([
    ['purchase', 24, 1],
    ['business-opportunity', 24, 1],
    ['barter', 24, 1],
    ['donation', 24, 1],
    ['volunteer', 24, 1],
    ['inquiry', 6, 3],
  ] as const)(
    'C-10, C-11: %s, within %i months before: never later, earlier by at most %i days',
    (basis, months, most) => {
      expect(events).toHaveLength(4_748);
      expect(largestGap(basis, months === 6 ? withinSix : withinTwentyFour)).toBe(most);
    },
  );

  it('C-12: none begins on the day of the event', () => {
    for (const event of events) {
      const [first] = withinTwentyFour(event);
      expect(first).toBe(event.number + 1);
      expect(numberOf(firstLawfulDay(implied('purchase', event.text)))).toBe(first);
    }
  });

  it('C-10: a contract that “is in existence or expired within the period”', () => {
    // While in existence there is no first day; after its end it is like a sale.
    const statutory = (event: Day) => [event.number, withinTwentyFour(event)[1]] as const;
    expect(largestGap('contract', statutory)).toBe(1);
  });

  it.each(['ongoing-account', 'membership'] as const)(
    'C-10: %s, where the period “begins on the day” of the end, that day included (s. 10(14))',
    (basis) => {
      // Two years that begin on a day end the day before the same calendar number.
      const statutory = ({ number, year, month, day }: Day) => {
        const sameNumber =
          day > lengthOf(year + 2, month)
            ? dayNumber(year + 2, month + 1, 1)
            : dayNumber(year + 2, month, day);
        return [number, sameNumber - 1] as const;
      };
      expect(largestGap(basis, statutory)).toBeLessThanOrEqual(1);
    },
  );

  it.each(['published-address', 'disclosed-address'] as const)(
    'C-07: %s has no end in the Act; the product looks again within 12 months',
    (basis) => {
      for (const event of events) {
        const consent = implied(basis, event.text);
        const days = numberOf(lastLawfulDay(consent)) - event.number;
        if (!(days >= 364 && days <= 366)) throw new Error(`${event.text}: ${String(days)} days`);
      }
    },
  );

  it('C-11: what a date alone cannot end has no last day', () => {
    for (const basis of ['employee', 'organisation-relationship'] as const) {
      expect(lastLawfulDay(implied(basis, '2019-01-01'))).toBeUndefined();
    }
    expect(lastLawfulDay({ kind: 'express', date: CivilDate('2019-01-01') })).toBeUndefined();
  });
});
