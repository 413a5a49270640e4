import { describe, expect, it } from '@jest/globals';
import type { AccountTerms } from '#domain/account/index';
import {
  CivilDate,
  clear,
  fold,
  Instant,
  type Instant as At,
  type Language,
} from '#domain/kernel/index';
import { recipientStream, type RecipientEvent } from '#domain/recipient/index';
import {
  expressGiven,
  NOW,
  proof,
  subscribed,
  T0,
  unsubscribedAll,
} from '#domain/recipient/testing/examples';
import { dueRequest, requestInTurn } from './due-request.ts';
import { wakeTime } from './wake-time.ts';

const terms: AccountTerms = {
  name: 'Café',
  timeZone: 'America/Toronto',
  languages: ['fr' as Language],
  regimes: ['casl'],
  organisationType: 'commercial',
};
const L = CivilDate('2026-03-10');
const bought: RecipientEvent = {
  type: 'ImpliedConsentRecorded',
  data: {
    ...{ basis: 'purchase', date: CivilDate('2024-03-10'), timeZone: 'America/Toronto', at: T0 },
  },
  personal: clear({ proof }),
};
const asked = (daysBefore?: number, lastDay = L): RecipientEvent => ({
  type: 'ConsentRequested',
  data: { lastDay, ...(daysBefore === undefined ? {} : { daysBefore }), at: T0 },
});
const noon = (date: string): At => Instant(`${date}T17:00:00.000Z`);
const due = (date: string, ...events: readonly RecipientEvent[]) =>
  dueRequest(fold(recipientStream, [subscribed(), bought, ...events]), terms, noon(date));

describe('C-16: the request in turn', () => {
  it.each([
    ['2026-01-08', undefined],
    ['2026-01-09', 60],
    ['2026-02-07', 60],
    ['2026-02-08', 30],
    ['2026-03-03', 7],
    ['2026-03-10', 7],
    ['2026-03-11', undefined],
  ])('on %s is %s', (today, expected) => {
    expect(requestInTurn([60, 30, 7], L, CivilDate(today))).toBe(expected);
    expect(requestInTurn([], L, CivilDate(today))).toBeUndefined();
  });
});

describe('C-16: a recipient', () => {
  it('is asked at each step once, for the consent that allows it', () => {
    expect(due('2026-01-09')).toEqual({ daysBefore: 60, lastDay: L, revision: 1 });
    expect(due('2026-01-09', asked(60))).toBeUndefined();
    expect(due('2026-02-08', asked(60))).toMatchObject({ daysBefore: 30 });
    expect(due('2026-01-20', asked(30))).toBeUndefined();
  });

  it('is asked anew for another last day, and whatever a newsletter asked', () => {
    expect(due('2026-01-09', asked(7, CivilDate('2025-03-10')))).toMatchObject({ daysBefore: 60 });
    expect(due('2026-01-09', asked())).toMatchObject({ daysBefore: 60 });
  });

  it.each<[string, readonly RecipientEvent[]]>([
    ['has consented', [expressGiven()]],
    ['has refused', [{ type: 'ConsentRefused', data: { date: CivilDate('2026-01-01'), at: NOW } }]],
    ['has left', [unsubscribedAll]],
    [
      'is on no list',
      [
        {
          type: 'ListsLeft',
          data: { listIds: [...fold(recipientStream, [subscribed()]).lists.keys()], at: NOW },
        },
      ],
    ],
  ])('who %s is not asked', (_what, events) => {
    expect(due('2026-01-09', ...events)).toBeUndefined();
  });
});

describe('C-13: an account waits', () => {
  const waiting = { timeZone: 'America/Toronto', today: CivilDate('2026-01-01'), firstRequest: 60 };

  it('for nothing where nothing ends', () => {
    expect(wakeTime(waiting)).toBeUndefined();
  });

  it('for the day of the first request, then for each midnight, then for the end of the last day', () => {
    const at = (today: string) => wakeTime({ ...waiting, today: CivilDate(today), nextDay: L });
    expect(at('2026-01-01')).toBe('2026-01-09T05:00:00.000Z');
    expect(at('2026-01-09')).toBe('2026-01-10T05:00:00.000Z');
    expect(at('2026-03-10')).toBe('2026-03-11T04:00:00.000Z');
    const off = wakeTime({ ...waiting, nextDay: L, firstRequest: 0 });
    expect(off).toBe('2026-03-11T04:00:00.000Z');
  });

  it('for the end of the day where a recipient is, when that comes first', () => {
    const nextEnd = Instant('2026-03-10T23:00:00.000Z');
    expect(wakeTime({ ...waiting, nextDay: L, nextEnd, firstRequest: 0 })).toBe(nextEnd);
  });
});
