import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear, Instant, NewsletterId } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { aNewsletter } from '#domain/testing/sample-ids';
import type { RequestConsent } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { recipientStream } from './index.ts';
import {
  erased,
  expressGiven,
  NOW,
  proof,
  subscribed,
  unsubscribedAll,
} from './testing/examples.ts';
import { account, stateOf } from './testing/mailable.ts';

const recipient = specify(recipientStream);
const bought: RecipientEvent = {
  type: 'ImpliedConsentRecorded',
  data: {
    basis: 'purchase',
    date: CivilDate('2024-03-10'),
    timeZone: 'America/Toronto',
    at: NOW,
  },
  personal: clear({ proof }),
};
const day = (date: string) => ({
  now: Instant(`${date}T12:00:00.000Z`),
  today: CivilDate(date),
  timeZone: 'America/Toronto',
});

describe('CON-4, C-16: RequestConsent inside a newsletter', () => {
  const L = CivilDate('2026-03-10');
  const past = [subscribed(), bought];
  const inNewsletter = (date: string, withinDays = 90, id = aNewsletter): RequestConsent => ({
    type: 'RequestConsent',
    ...day(date),
    account,
    newsletter: { id, withinDays },
  });
  const carried = (date: string, newsletterId = aNewsletter): RecipientEvent => ({
    type: 'ConsentRequested',
    data: { lastDay: L, newsletterId, at: day(date).now },
  });
  const mailed = (date: string): RecipientEvent => ({
    type: 'ConsentRequested',
    data: { lastDay: L, daysBefore: 60, at: day(date).now },
  });
  const another = NewsletterId.parse('nl_01jd0000000000000000000002');

  it.each(['2025-12-10', '2026-01-20', '2026-03-10'])('is made on %s, from L−90 to L', (date) => {
    recipient
      .given(...past)
      .when(inNewsletter(date))
      .then(carried(date));
  });

  it.each([
    ['2025-12-09', 90, 'request-too-early'],
    ['2026-02-23', 14, 'request-too-early'],
    ['2026-03-10', 0, 'request-too-early'],
    ['2026-03-11', 90, 'no-current-consent'],
  ] as const)('is not made on %s within %i days: %s', (date, withinDays, code) => {
    recipient
      .given(...past)
      .when(inNewsletter(date, withinDays))
      .thenRefused({ code });
  });

  it.each([
    ['express-consent-on-record', [...past, expressGiven('2026-01-15')]],
    ['express-consent-on-record', [...past, expressGiven('2020-01-01')]],
    [
      'consent-refused',
      [
        ...past,
        { type: 'ConsentRefused', data: { date: CivilDate('2026-01-01'), at: NOW } } as const,
      ],
    ],
    ['unsubscribed-all', [...past, unsubscribedAll]],
  ] as const)('is never made to who must not be asked: %s', (code, events) => {
    recipient
      .given(...events)
      .when(inNewsletter('2026-02-01'))
      .thenRefused({ code });
  });

  it.each([
    ['a mail of its own', mailed('2026-02-01')],
    ['another newsletter', carried('2026-02-01', another)],
  ])('waits seven days after a request by %s', (_by, before) => {
    recipient
      .given(...past, before)
      .when(inNewsletter('2026-02-07'))
      .thenRefused({ code: 'requested-recently' });
    recipient
      .given(...past, before)
      .when(inNewsletter('2026-02-08'))
      .then(carried('2026-02-08'));
  });

  it('keeps the mail of its own waiting as well, and does not take its turn', () => {
    const mail = (date: string): RequestConsent => ({
      type: 'RequestConsent',
      ...day(date),
      account,
      daysBefore: 60,
    });
    recipient
      .given(...past, carried('2026-02-01'))
      .when(mail('2026-02-07'))
      .thenRefused({ code: 'requested-recently' });
    recipient
      .given(...past, carried('2026-02-01'))
      .when(mail('2026-02-08'))
      .then(mailed('2026-02-08'));
  });

  it('C-15: is the same request when the newsletter has to be sent again, unless they answered', () => {
    const before = [...past, carried('2026-02-01')];
    const again = inNewsletter('2026-02-02');
    recipient
      .given(...before)
      .when(again)
      .thenNothing();
    recipient
      .given(...before, expressGiven('2026-02-01'))
      .when(again)
      .thenRefused({ code: 'express-consent-on-record' });
    recipient
      .given(...before)
      .when(inNewsletter('2026-02-08'))
      .then(carried('2026-02-08'));
  });

  it('is told apart from another request of the same instant', () => {
    recipient
      .given(...past, mailed('2026-02-01'))
      .when(inNewsletter('2026-02-01'))
      .thenRefused({ code: 'requested-recently' });
  });

  it('is remembered with the newsletter, and forgotten with the person', () => {
    const before = [...past, carried('2026-02-01'), carried('2026-02-20', another)];
    expect([...stateOf(...before).requestedIn]).toEqual([
      [aNewsletter, L],
      [another, L],
    ]);
    expect(stateOf(...before, erased).requestedIn.size).toBe(0);
  });
});
