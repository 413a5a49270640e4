import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { CivilDate, clear, fold, Instant, type Instant as At } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { RecipientCommand, RequestConsent } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { recipientStream } from './index.ts';
import {
  at,
  erased,
  expressGiven,
  NOW,
  proof,
  proved,
  purchase,
  record,
  subscribe,
  subscribed,
  unsubscribe,
  unsubscribedAll,
} from './testing/examples.ts';

const recipient = specify(recipientStream);
const account = {
  timeZone: 'America/Toronto',
  regimes: ['casl'],
  organisationType: 'commercial',
} as const;
const bought = (date: string): RecipientEvent => ({
  type: 'ImpliedConsentRecorded',
  data: { basis: 'purchase', date: CivilDate(date), timeZone: 'America/Toronto', at: NOW },
  personal: clear({ proof }),
});
const day = (date: string) => ({
  now: Instant(`${date}T12:00:00.000Z`),
  today: CivilDate(date),
  timeZone: 'America/Toronto',
});
const stateOf = (...events: readonly RecipientEvent[]) => fold(recipientStream, events);
const mailable = (on: At, ...events: readonly RecipientEvent[]): boolean =>
  maySend(stateOf(...events), account, { class: 'commercial', listIds: [] }, on).allow;

describe('CON-2, C-14: a renewal', () => {
  const renewal: RecipientEvent = {
    type: 'ConsentSuperseded',
    data: { revision: 1, basis: 'purchase', at: NOW },
  };

  it('is recorded with what it supersedes', () => {
    recipient
      .given(subscribed(), bought('2025-05-01'))
      .when(record(purchase('2026-05-01')))
      .then(bought('2026-05-01'), renewal);
  });

  it('by a subscription supersedes too, and the same once more says nothing', () => {
    const again = subscribe({ consent: proved(purchase('2026-05-01')) });
    recipient
      .given(subscribed(), bought('2025-05-01'))
      .when(again)
      .then(bought('2026-05-01'), renewal);
    recipient
      .given(subscribed(), bought('2025-05-01'), bought('2026-05-01'), renewal)
      .when(again)
      .thenNothing();
  });

  it('of another basis or of an older event supersedes nothing', () => {
    recipient
      .given(subscribed(), bought('2026-05-01'))
      .when(record(purchase('2025-05-01')))
      .then(bought('2025-05-01'));
  });

  it('leaves no day without consent: the old one counts on the day of the new one (C-12)', () => {
    const today = Instant('2026-06-01T15:00:00.000Z');
    expect(mailable(today, subscribed(), bought('2026-06-01'))).toBe(false);
    expect(mailable(today, subscribed(), bought('2025-06-15'), bought('2026-06-01'), renewal)).toBe(
      true,
    );
  });

  it('of the same day corrects: the shorter end that the account sets counts', () => {
    const shorter: RecipientEvent = {
      type: 'ImpliedConsentRecorded',
      data: {
        basis: 'purchase',
        date: CivilDate('2025-05-01'),
        expiresOn: CivilDate('2026-05-31'),
        timeZone: 'America/Toronto',
        at: NOW,
      },
      personal: clear({ proof }),
    };
    const events = [subscribed(), bought('2025-05-01'), shorter, renewal];
    expect(stateOf(...events).consents).toHaveLength(1);
    expect(mailable(Instant('2026-06-01T15:00:00.000Z'), ...events)).toBe(false);
  });
});

describe('C-11: an end later than the law gives', () => {
  it('is shortened to the law’s last day, and the same once more says nothing', () => {
    const command = record({
      ...purchase('2026-01-01'),
      expiresOn: CivilDate('2030-01-01'),
    } as ReturnType<typeof purchase>);
    const shortened: RecipientEvent = {
      type: 'ImpliedConsentRecorded',
      data: {
        basis: 'purchase',
        date: CivilDate('2026-01-01'),
        expiresOn: CivilDate('2028-01-01'),
        timeZone: 'America/Toronto',
        at: NOW,
      },
      personal: clear({ proof }),
    };
    recipient.given(subscribed()).when(command).then(shortened);
    recipient.given(subscribed(), shortened).when(command).thenNothing();
  });
});

describe('C-15: ExpireConsents', () => {
  const lapsed: RecipientEvent = {
    type: 'ConsentExpired',
    data: {
      revision: 1,
      basis: 'purchase',
      lastDay: CivilDate('2026-03-10'),
      at: day('2026-03-11').now,
    },
  };
  const expire = (date: string): RecipientCommand => ({ type: 'ExpireConsents', ...day(date) });

  it('records a lapse the day after the last one, once', () => {
    const past = [subscribed(), bought('2024-03-10')];
    recipient
      .given(...past)
      .when(expire('2026-03-10'))
      .thenNothing();
    recipient
      .given(...past)
      .when(expire('2026-03-11'))
      .then(lapsed);
    recipient
      .given(...past, lapsed)
      .when(expire('2026-03-12'))
      .thenNothing();
  });

  it('C-13: by the zone that is furthest ahead, of the account’s and the person’s', () => {
    const evening = { now: Instant('2026-03-11T00:30:00.000Z'), today: CivilDate('2026-03-10') };
    const command = { type: 'ExpireConsents', ...evening, timeZone: 'America/Toronto' } as const;
    recipient.given(subscribed(), bought('2024-03-10')).when(command).thenNothing();
    recipient
      .given(subscribed({ jurisdiction: 'FR' }), bought('2024-03-10'))
      .when(command)
      .then({ ...lapsed, data: { ...lapsed.data, at: evening.now } });
  });

  it('says nothing of what was replaced, withdrawn, express or erased', () => {
    const renewed: RecipientEvent = {
      type: 'ConsentSuperseded',
      data: { revision: 1, basis: 'purchase', at: NOW },
    };
    recipient
      .given(subscribed(), bought('2024-03-10'), bought('2025-03-10'), renewed)
      .when(expire('2026-06-01'))
      .thenNothing();
    recipient
      .given(subscribed(), bought('2024-03-10'), unsubscribedAll)
      .when(expire('2026-06-01'))
      .thenNothing();
    recipient.given(subscribed(), expressGiven()).when(expire('2036-06-01')).thenNothing();
    recipient
      .given(subscribed(), bought('2024-03-10'), erased)
      .when(expire('2026-06-01'))
      .thenNothing();
    recipient.given().when(expire('2026-06-01')).thenRefused({ code: 'unknown-recipient' });
  });

  it('changes no decision, before or after it is recorded', () => {
    const past = [subscribed(), bought('2024-03-10')];
    const later = day('2026-03-12').now;
    const decide = (...events: readonly RecipientEvent[]) =>
      maySend(stateOf(...events), account, { class: 'commercial', listIds: [] }, later);
    expect(decide(...past, lapsed)).toEqual(decide(...past));
  });
});

describe('CON-4, C-16: RequestConsent', () => {
  const request = (date: string, more: Partial<RequestConsent> = {}): RequestConsent => ({
    type: 'RequestConsent',
    ...day(date),
    account,
    ...more,
  });
  const past = [subscribed(), bought('2024-03-10')];
  const requested = (date: string, daysBefore?: number): RecipientEvent => ({
    type: 'ConsentRequested',
    data: {
      lastDay: CivilDate('2026-03-10'),
      ...(daysBefore === undefined ? {} : { daysBefore }),
      at: day(date).now,
    },
  });

  it('is recorded before the last day, with which one it was', () => {
    recipient
      .given(...past)
      .when(request('2026-01-09', { daysBefore: 60 }))
      .then(requested('2026-01-09', 60));
    recipient
      .given(...past)
      .when(request('2026-03-10'))
      .then(requested('2026-03-10'));
  });

  it('is the same request when it is issued again', () => {
    recipient
      .given(...past, requested('2026-01-09'))
      .when(request('2026-01-09'))
      .thenNothing();
  });

  it('C-16: by itself goes out once for a last day, and a farther one not after a nearer', () => {
    const before = [...past, requested('2026-02-10', 30)];
    for (const daysBefore of [30, 60]) {
      recipient
        .given(...before)
        .when(request('2026-02-20', { daysBefore }))
        .thenNothing();
    }
    recipient
      .given(...before, requested('2026-02-22'))
      .when(request('2026-03-03', { daysBefore: 7 }))
      .then(requested('2026-03-03', 7));
  });

  it('waits seven days after the last one', () => {
    const before = [...past, requested('2026-02-01')];
    recipient
      .given(...before)
      .when(request('2026-02-07'))
      .thenRefused({ code: 'requested-recently' });
    recipient
      .given(...before)
      .when(request('2026-02-08'))
      .then(requested('2026-02-08'));
  });

  it.each([
    ['express-consent-on-record', [...past, expressGiven('2020-01-01')], '2026-01-09'],
    ['no-current-consent', past, '2026-03-11'],
    ['no-current-consent', [subscribed()], '2026-01-09'],
    ['unsubscribed-all', [...past, unsubscribedAll], '2026-05-09'],
    ['unknown-recipient', [], '2026-01-09'],
    [
      'consent-refused',
      [
        ...past,
        { type: 'ConsentRefused', data: { date: CivilDate('2026-01-01'), at: NOW } } as const,
      ],
      '2026-01-09',
    ],
  ] as const)('C-01: is refused, %s', (code, events, date) => {
    recipient
      .given(...events)
      .when(request(date))
      .thenRefused({ code });
  });

  it('RefuseConsent is recorded once, and implied consent goes on', () => {
    const refuse = { type: 'RefuseConsent', ...day('2026-01-10') } as const;
    const refused: RecipientEvent = {
      type: 'ConsentRefused',
      data: { date: CivilDate('2026-01-10'), at: refuse.now },
    };
    recipient
      .given(...past)
      .when(refuse)
      .then(refused);
    recipient
      .given(...past, refused)
      .when(refuse)
      .thenNothing();
    expect(mailable(day('2026-01-11').now, ...past, refused)).toBe(true);
  });
});

describe('C-08, C-19: a claim that cannot stand', () => {
  const rejectedClaim = { kind: 'express', code: 'consent-date-missing', missing: [] } as const;
  const rejected: RecipientEvent = {
    type: 'ConsentClaimRejected',
    data: { ...rejectedClaim, at: NOW },
  };

  it('is recorded in place of a consent, once', () => {
    const command = subscribe({ rejectedClaim });
    recipient.given(subscribed()).when(command).then(rejected);
    recipient.given(subscribed(), rejected).when(command).thenNothing();
  });

  it('is not worth a word where consent is on record', () => {
    recipient.given(subscribed(), expressGiven()).when(subscribe({ rejectedClaim })).thenNothing();
  });

  it('is forgotten once the person consents, and never reaches who has left', () => {
    expect(stateOf(subscribed(), rejected).rejectedClaims).toHaveLength(1);
    expect(stateOf(subscribed(), rejected, expressGiven()).rejectedClaims).toBeUndefined();
    recipient
      .given(subscribed(), unsubscribedAll)
      .when(subscribe({ rejectedClaim }))
      .thenRefused({ code: 'unsubscribed-all' });
  });

  it('stays a reason not to write', () => {
    expect(mailable(NOW, subscribed(), rejected)).toBe(false);
  });
});

describe('M-27, P-12, P-07: complaint, restriction, correction', () => {
  const complaint = {
    type: 'RecordComplaint',
    ...at,
    source: 'feedback-report',
    since: NOW,
  } as const;
  const complained: RecipientEvent = {
    type: 'ComplaintRecorded',
    data: { source: 'feedback-report', date: at.today, at: NOW },
  };

  it('a complaint leaves everything, once, of an unknown or erased person too', () => {
    recipient.given(subscribed(), expressGiven()).when(complaint).then(complained);
    recipient.given(subscribed(), complained).when(complaint).thenNothing();
    recipient.given(subscribed(), complained).when(unsubscribe()).thenNothing();
    recipient.given().when(complaint).then(complained);
    recipient.given(subscribed(), erased).when(complaint).then(complained);
    const state = stateOf(subscribed(), expressGiven(), complained);
    expect([state.consents, [...state.lists.values()].map(({ status }) => status)]).toEqual([
      [],
      ['unsubscribed'],
    ]);
  });

  it('P-12: a restriction stops every message and is lifted again', () => {
    const reason = clear('asked');
    const restricted: RecipientEvent = {
      type: 'ProcessingRestricted',
      data: { at: NOW },
      personal: clear({ reason: 'asked' }),
    };
    const lifted: RecipientEvent = { ...restricted, type: 'RestrictionLifted' };
    const past = [subscribed(), expressGiven()];
    recipient
      .given(...past)
      .when({ type: 'RestrictProcessing', ...at, reason })
      .then(restricted);
    recipient
      .given(...past, restricted)
      .when({ type: 'RestrictProcessing', ...at, reason })
      .thenNothing();
    recipient
      .given(...past, restricted)
      .when({ type: 'LiftRestriction', ...at, reason })
      .then(lifted);
    expect(mailable(NOW, ...past, restricted)).toBe(false);
    expect(mailable(NOW, ...past, restricted, lifted)).toBe(true);
  });

  it('P-07: a cleared address has no consent any more', () => {
    const invalid: RecipientEvent = {
      type: 'AddressInvalidated',
      data: { cause: 'bounce', at: NOW },
    };
    const cleared: RecipientEvent = {
      type: 'InvalidityCleared',
      data: { at: NOW },
      personal: clear({ reason: 'outage' }),
    };
    const clearing = { type: 'ClearInvalidity', ...at, reason: clear('outage') } as const;
    const past = [subscribed(), expressGiven(), invalid];
    recipient
      .given(...past)
      .when(clearing)
      .then(cleared);
    recipient
      .given(...past, cleared)
      .when(clearing)
      .thenNothing();
    const state = stateOf(...past, cleared);
    expect([state.invalid, state.consents]).toEqual([undefined, []]);
  });
});
