import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear, fold, plusMilliseconds } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { recipientStream, statusOf } from './index.ts';
import {
  A,
  ADDRESS,
  at,
  B,
  byPerson,
  EN,
  express,
  expressGiven,
  FR,
  invalidated,
  LATER,
  NOW,
  proof,
  proved,
  purchase,
  subscribe,
  subscribed,
  T0,
  TODAY,
  unsubscribedAll,
  unsubscribedFrom,
} from './testing/examples.ts';

const recipient = specify(recipientStream);
const pendingSubscription = subscribed(
  { optIn: 'double', consentOnConfirmation: true, at: NOW },
  { proof },
);

describe('Subscribe, somebody new', () => {
  it('COL-6: by a client, with fields, language and when it began', () => {
    const command = subscribe({
      language: EN,
      fields: clear({ firstName: 'Jean', city: null }),
      jurisdiction: 'CA-QC',
      since: T0,
    });
    recipient
      .given()
      .when(command)
      .then(subscribed({ language: EN, jurisdiction: 'CA-QC' }, { fields: { firstName: 'Jean' } }));
  });

  it('COL-3: in the default language when none is given', () => {
    recipient
      .given()
      .when(subscribe())
      .then(subscribed({ language: FR, at: NOW }));
  });

  it('IMP-3: with an express consent of its own date, and a privacy basis', () => {
    const command = subscribe({
      since: T0,
      consent: proved(express('2025-12-24')),
      privacyBasis: 'informed-at-collection',
    });
    recipient
      .given()
      .when(command)
      .then(subscribed(), expressGiven('2025-12-24'), {
        type: 'PrivacyBasisRecorded',
        data: { kind: 'informed-at-collection', at: T0 },
      });
  });

  it('by a form with single opt-in: the consent counts at once', () => {
    const command = byPerson({
      optIn: 'single',
      since: T0,
      consent: proved(express('2026-01-01')),
    });
    recipient.given().when(command).then(subscribed(), expressGiven('2026-01-01'));
  });

  it('by a form with double opt-in: lists and consent wait', () => {
    const command = byPerson({ consent: proved(express('2026-06-01')) });
    recipient.given().when(command).then(pendingSubscription);
    expect(statusOf(fold(recipientStream, [pendingSubscription]))).toBe('unconfirmed');
  });

  it.each([
    ['consent-date-in-future', { grant: express('2026-06-02') }, {}],
    ['basis-not-available', { grant: { ...purchase(), basis: 'membership' } as never }, {}],
  ])('%s: refused, nothing is written', (code, { grant }) => {
    recipient
      .given()
      .when(subscribe({ consent: proved(grant) }))
      .thenRefused({ code: code as never });
  });
});

describe('Subscribe, somebody known', () => {
  it('changes nothing that is so already', () => {
    recipient
      .given(subscribed({}, { fields: { firstName: 'Jean' } }), expressGiven('2025-12-24'))
      .when(
        subscribe({
          language: FR,
          fields: clear({ firstName: 'Jean', absent: null }),
          consent: proved(express('2025-12-24')),
        }),
      )
      .thenNothing();
  });

  it('adds what is missing', () => {
    recipient
      .given(subscribed({}, { fields: { firstName: 'Jean', city: 'Laval' } }))
      .when(
        subscribe({
          listIds: [A, B, B],
          language: EN,
          fields: clear({ firstName: 'Jeanne', city: null }),
          jurisdiction: 'CA',
          consent: proved(purchase()),
          privacyBasis: 'express',
        }),
      )
      .then(
        {
          type: 'ListsJoined',
          data: { listIds: [B], optIn: 'single', at: NOW },
          personal: clear({}),
        },
        {
          type: 'ProfileChanged',
          data: { keys: ['city', 'firstName'], jurisdiction: 'CA', at: NOW },
          personal: clear({ fields: { firstName: 'Jeanne', city: null } }),
        },
        { type: 'LanguageChanged', data: { language: EN, previous: FR, at: NOW } },
        {
          type: 'ImpliedConsentRecorded',
          data: {
            basis: 'purchase',
            date: CivilDate('2026-05-01'),
            timeZone: at.timeZone,
            at: NOW,
          },
          personal: clear({ proof }),
        },
        { type: 'PrivacyBasisRecorded', data: { kind: 'express', at: NOW } },
      );
  });

  it('P-07: a form cannot overwrite what is known of a person, as anybody can fill it in', () => {
    const stranger = byPerson({
      listIds: [A],
      language: EN,
      jurisdiction: 'FR',
      fields: clear({ firstName: 'Mallory', city: null }),
    });
    const known = { firstName: 'Jean', city: 'Laval' };
    recipient
      .given(subscribed({}, { fields: known }))
      .when(stranger)
      .thenNothing();
    recipient
      .given(subscribed({}, { fields: known }), unsubscribedAll)
      .when(stranger)
      .then(subscribed({ optIn: 'double', at: NOW }, { fields: {} }));
  });

  it('P-07: nor of one whom a client had recorded on no list, however often the form is sent', () => {
    const stranger = byPerson({
      listIds: [A],
      optIn: 'double',
      jurisdiction: 'FR',
      fields: clear({ city: 'Laval' }),
    });
    const joined = {
      type: 'ListsJoined',
      data: { listIds: [A], optIn: 'double', at: NOW },
      personal: clear({}),
    } as const;
    recipient
      .given(subscribed({ listIds: [] }))
      .when(stranger)
      .then(joined);
    recipient
      .given(subscribed({ listIds: [] }), joined)
      .when(stranger)
      .thenNothing();
  });

  it('lets a form correct what nobody has confirmed yet', () => {
    recipient
      .given(subscribed({ optIn: 'double', at: T0 }, { fields: { firstName: 'Jaen' } }))
      .when(byPerson({ listIds: [A], fields: clear({ firstName: 'Jean' }), optIn: 'double' }))
      .then(
        {
          type: 'ListsJoined',
          data: { listIds: [A], optIn: 'double', at: NOW },
          personal: clear({}),
        },
        {
          type: 'ProfileChanged',
          data: { keys: ['firstName'], at: NOW },
          personal: clear({ fields: { firstName: 'Jean' } }),
        },
      );
  });

  it('C-19: a consent that was withdrawn since is refused', () => {
    const withdrawn = {
      type: 'ConsentWithdrawn',
      data: { date: CivilDate('2026-05-01'), at: NOW },
    } as const;
    const command = (date: string) => subscribe({ consent: proved(express(date)) });
    recipient.given(subscribed(), withdrawn).when(command('2026-05-01')).thenRefused({
      code: 'consent-withdrawn',
    });
    recipient
      .given(subscribed(), withdrawn)
      .when(command('2026-05-02'))
      .then({
        type: 'ExpressConsentGiven',
        data: { date: CivilDate('2026-05-02'), timeZone: at.timeZone, at: NOW },
        personal: clear({ proof }),
      });
  });

  it('a list that the person left is theirs alone to join again', () => {
    const past = [subscribed(), unsubscribedFrom(A)];
    recipient
      .given(...past)
      .when(subscribe())
      .thenRefused({ code: 'unsubscribed-list' });
    recipient
      .given(...past)
      .when(byPerson({ optIn: 'single' }))
      .then({
        type: 'ListsJoined',
        data: { listIds: [A], optIn: 'double', at: NOW },
        personal: clear({}),
      });
  });

  it('a list that the client took them off can be joined again by the client', () => {
    recipient
      .given(subscribed(), { type: 'ListsLeft', data: { listIds: [A], at: T0 } })
      .when(subscribe())
      .then({
        type: 'ListsJoined',
        data: { listIds: [A], optIn: 'single', at: NOW },
        personal: clear({}),
      });
  });

  it('a file that is sent again asks for no second confirmation, a person who asks again does', () => {
    const waiting = subscribed({ optIn: 'double' });
    recipient
      .given(waiting)
      .when(subscribe({ optIn: 'double' }))
      .thenNothing();
    recipient
      .given(waiting)
      .when(byPerson())
      .then({
        type: 'ListsJoined',
        data: { listIds: [A], optIn: 'double', at: NOW },
        personal: clear({}),
      });
  });
});

describe('ConfirmSubscription', () => {
  const confirm = (more: object = {}) =>
    ({ ...at, type: 'ConfirmSubscription', requestedAt: NOW, ...more }) as const;
  const confirmed = (liftsSuppression: boolean) =>
    ({ type: 'SubscriptionConfirmed', data: { listIds: [A], liftsSuppression, at: NOW } }) as const;
  const given = {
    type: 'ExpressConsentGiven',
    data: { date: TODAY, timeZone: at.timeZone, confirmedAt: NOW, at: NOW },
    personal: clear({ proof }),
  } as const;

  it('C-18: joins the lists and gives the consent whose box was ticked', () => {
    recipient.given(pendingSubscription).when(confirm()).then(confirmed(false), given);
  });

  it('gives none when the box was not ticked', () => {
    recipient
      .given(subscribed({ optIn: 'double', at: NOW }))
      .when(confirm())
      .then(confirmed(false));
  });

  it('lifts the suppression of a person who had left', () => {
    const past = [subscribed(), unsubscribedAll, pendingSubscription];
    recipient
      .given(...past)
      .when(confirm())
      .then(confirmed(true), given);
    const state = fold(recipientStream, [...past, confirmed(true), given]);
    expect(statusOf(state)).toBe('active');
    expect(state.lists.get(A)?.status).toBe('subscribed');
  });

  it('is good for seven days', () => {
    const last = plusMilliseconds(NOW, 7 * 86_400_000);
    recipient
      .given(subscribed({ optIn: 'double', at: NOW }))
      .when(confirm({ now: last }))
      .then({
        ...confirmed(false),
        data: { ...confirmed(false).data, at: last },
      });
    recipient
      .given(pendingSubscription)
      .when(confirm({ now: plusMilliseconds(last, 1) }))
      .thenRefused({ code: 'confirmation-expired' });
  });

  it('by the link of the newest request only', () => {
    recipient
      .given(pendingSubscription)
      .when(confirm({ requestedAt: T0 }))
      .thenRefused({ code: 'confirmation-expired' });
  });

  it('once; pressing again is no error', () => {
    recipient.given(pendingSubscription, confirmed(false), given).when(confirm()).thenNothing();
  });

  it('not after leaving everything since, nor without a request', () => {
    recipient
      .given(pendingSubscription, confirmed(false), given, unsubscribedAll)
      .when(confirm())
      .thenRefused({ code: 'nothing-to-confirm' });
    recipient.given().when(confirm()).thenRefused({ code: 'nothing-to-confirm' });
  });

  it('C-27: never an invalid address', () => {
    recipient
      .given(pendingSubscription, invalidated)
      .when(confirm())
      .thenRefused({ code: 'invalid-address' });
  });

  it('one link confirms what earlier requests asked for', () => {
    const past = [
      subscribed({ optIn: 'double', consentOnConfirmation: true }, { proof }),
      {
        type: 'ListsJoined',
        data: { listIds: [B], optIn: 'double', at: NOW },
        personal: clear({}),
      } as const,
    ];
    recipient
      .given(...past)
      .when(confirm({ now: LATER }))
      .then(
        {
          type: 'SubscriptionConfirmed',
          data: { listIds: [A, B], liftsSuppression: false, at: LATER },
        },
        { ...given, data: { ...given.data, confirmedAt: LATER, at: LATER } },
      );
  });
});

it('keeps the address as it was typed', () => {
  const state = fold(recipientStream, [subscribed()]);
  expect(state.address).toEqual(clear(ADDRESS));
});
