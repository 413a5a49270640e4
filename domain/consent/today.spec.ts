import { describe, expect, it } from '@jest/globals';
import { placeOf } from './jurisdictions/place.ts';
import { at, decide, implied, person } from './testing/examples.ts';
import { instantOf, millisecondsOf, plusDays, type CivilDate } from '#domain/kernel/index';
import { endOfDayAt, todayFor } from './today.ts';

const toronto = {
  timeZone: 'America/Toronto',
  regimes: ['casl'],
  organisationType: 'commercial',
} as const;

describe('C-13: zones', () => {
  // A purchase of 15 July 2024 lasts until 15 July 2026; then Toronto is at UTC-4 and Paris at UTC+2.
  const lastDay = implied('purchase', '2024-07-15');
  const informed = { privacyBasis: { kind: 'informed-at-collection', revision: 3 } } as const;

  it('C-13: L = today in Toronto, the recipient in Paris, 19:00 in Toronto: denied', () => {
    const evening = at('2026-07-15T23:00');
    expect(decide(person([lastDay]), { when: evening }).allow).toBe(true);
    const inParis = person([lastDay], { jurisdiction: 'FR', ...informed });
    expect(decide(inParis, { when: evening })).toMatchObject({
      allow: false,
      reasons: [{ code: 'consent-expired' }],
    });
  });

  it('C-13: to the minute of midnight where the person is', () => {
    const inParis = person([lastDay], { jurisdiction: 'FR', ...informed });
    expect(decide(inParis, { when: at('2026-07-15T21:59') }).allow).toBe(true);
    expect(decide(inParis, { when: at('2026-07-15T22:00') }).allow).toBe(false);
  });

  it('C-13: the start waits for the zone that is furthest behind', () => {
    const inquiry = implied('inquiry', '2026-06-01');
    const inHawaii = person([inquiry], { jurisdiction: 'US' });
    // 2 June at 05:00 in Toronto is 1 June at 23:00 in Honolulu.
    expect(decide(person([inquiry]), { when: at('2026-06-02T09:00') }).allow).toBe(true);
    expect(decide(inHawaii, { when: at('2026-06-02T09:00') })).toMatchObject({
      reasons: [{ code: 'not-before-next-day', rule: 'C-12' }],
    });
    expect(decide(inHawaii, { when: at('2026-06-02T10:00') }).allow).toBe(true);
  });

  it('C-13: a day is over where the person is at the very instant from which the decision says so', () => {
    for (const jurisdiction of ['FR', 'CA', 'US', 'RU', 'NZ', 'CA-QC']) {
      const place = placeOf(jurisdiction);
      for (let day = '2026-01-01' as CivilDate; day < '2027-01-01'; day = plusDays(day, 5)) {
        const end = endOfDayAt(place, day);
        if (end === undefined) throw new Error(`${jurisdiction} has no zones.`);
        // An account that is behind everybody decides nothing here.
        const behind = { ...toronto, timeZone: 'Pacific/Niue' };
        const before = instantOf(millisecondsOf(end) - 1);
        expect(todayFor(behind, place, end).latest > day).toBe(true);
        expect(todayFor(behind, place, before).latest > day).toBe(false);
      }
    }
    expect(endOfDayAt(undefined, '2026-01-01' as CivilDate)).toBeUndefined();
  });

  it.each([
    ['FR', '2026-06-01T12:00', '2026-06-01', '2026-06-01'],
    ['JP', '2026-06-01T20:00', '2026-06-01', '2026-06-02'],
    ['RU', '2026-06-01T12:00', '2026-06-01', '2026-06-02'],
    ['CA', '2026-06-02T05:00', '2026-06-01', '2026-06-02'],
    ['CA-QC', '2026-06-02T03:30', '2026-06-01', '2026-06-02'],
    [undefined, '2026-06-02T03:30', '2026-06-01', '2026-06-01'],
  ])('C-13: %s at %s: from %s to %s', (jurisdiction, when, earliest, latest) => {
    expect(todayFor(toronto, placeOf(jurisdiction), at(when))).toEqual({ earliest, latest });
  });
});
