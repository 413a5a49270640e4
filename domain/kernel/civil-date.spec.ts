import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import {
  CivilDate,
  civilDateIn,
  isCivilDate,
  isTimeZone,
  plusDays,
  plusMonths,
} from './civil-date.ts';
import { Instant, instantOf } from './instant.ts';

describe('a civil date', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29'])('can be %s', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });

  it.each(['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '26-1-1', ''])(
    'cannot be %j',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
      expect(() => CivilDate(text)).toThrow(TypeError);
    },
  );
});

describe('C-10, C-11: months and days are added as Temporal adds them', () => {
  const days = Array.from({ length: 1_500 }, (_, day) =>
    plusDays(CivilDate('2019-01-01'), day * 3),
  );

  it.each([0, 1, 6, 12, 24, -6, -24])('%i months', (months) => {
    const expected = days.map((day) => Temporal.PlainDate.from(day).add({ months }).toString());
    expect(days.map((day) => plusMonths(day, months))).toEqual(expected);
  });

  it.each([1, -1, 7, 365])('%i days', (count) => {
    const expected = days.map((day) =>
      Temporal.PlainDate.from(day).add({ days: count }).toString(),
    );
    expect(days.map((day) => plusDays(day, count))).toEqual(expected);
  });
});

describe('C-13: the day it is somewhere', () => {
  it('differs by zone', () => {
    const evening = Instant('2026-11-24T00:30:00.000Z');
    expect(civilDateIn('America/Toronto', evening)).toBe('2026-11-23');
    expect(civilDateIn('Europe/Paris', evening)).toBe('2026-11-24');
    expect(civilDateIn('Pacific/Kiritimati', evening)).toBe('2026-11-24');
  });

  it('is right at every hour of a year, in any order, across changes of the clock', () => {
    const start = Date.parse('2026-01-01T00:00:00Z');
    for (const zone of ['America/Toronto', 'America/St_Johns', 'America/Santiago', 'Asia/Beirut']) {
      for (let step = 0; step < 8_760; step += 7) {
        const at = instantOf(start + ((step * 5_003) % 8_760) * 3_600_000);
        const expected = Temporal.Instant.from(at)
          .toZonedDateTimeISO(zone)
          .toPlainDate()
          .toString();
        expect(civilDateIn(zone, at)).toBe(expected);
      }
    }
  });

  it('changes at midnight exactly', () => {
    expect(civilDateIn('America/Toronto', Instant('2026-11-24T04:59:59.999Z'))).toBe('2026-11-23');
    expect(civilDateIn('America/Toronto', Instant('2026-11-24T05:00:00.000Z'))).toBe('2026-11-24');
  });

  it('needs a zone that exists', () => {
    expect(() => civilDateIn('Mars/Olympus', Instant('2026-11-24T05:00:00.000Z'))).toThrow(
      RangeError,
    );
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('+05:00')).toBe(false);
    expect(isTimeZone('America/Toronto')).toBe(true);
  });
});
