import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { CivilDate, clear, fold, SHREDDED } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { RecipientCommand } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { reactivationWarning, recipientStream, statusOf, type Recipient } from './index.ts';
import {
  A,
  ADDRESS,
  at,
  B,
  byPerson,
  EN,
  erase,
  erased,
  express,
  expressGiven,
  FR,
  invalidate,
  invalidated,
  join,
  leave,
  NOW,
  proof,
  purchase,
  reactivate,
  record,
  subscribe,
  subscribed,
  T0,
  TODAY,
  unknown,
  unsubscribe,
  unsubscribedAll,
  unsubscribedFrom,
} from './testing/examples.ts';

const recipient = specify(recipientStream);
const stateOf = (...events: readonly RecipientEvent[]) => fold(recipientStream, events);
const account = {
  timeZone: 'America/Toronto',
  regimes: ['casl'],
  organisationType: 'commercial',
} as const;
const mailable = (state: Recipient) =>
  maySend(state, account, { class: 'commercial', listIds: [A] }, NOW).allow;
const complainedState: Recipient = {
  ...stateOf(subscribed(), expressGiven()),
  complained: { since: T0, revision: 1 },
};

describe('C-27: the channel matrix', () => {
  const suppressed: readonly (readonly [string, Recipient])[] = [
    ['unsubscribed-all', stateOf(subscribed(), expressGiven(), unsubscribedAll)],
    ['complaint', complainedState],
    ['invalid-address', stateOf(subscribed(), expressGiven(), invalidated)],
    ['erased', stateOf(subscribed(), expressGiven(), erased)],
  ];
  const byClient: readonly (readonly [string, RecipientCommand])[] = [
    ['a mass import', subscribe({ consent: { grant: express(), proof: clear(proof) }, since: T0 })],
    ['an API call that joins', join('client', A)],
    ['an API call that records a purchase (C-28)', record(purchase())],
    ['an API call that records express consent', record(express())],
  ];

  for (const [code, state] of suppressed) {
    it.each(byClient)(`${code}: refuses %s`, (_channel, command) => {
      expect(recipientStream.decide(command, state)).toMatchObject({ ok: false, error: { code } });
    });
  }

  const lifted = suppressed.filter(([code]) => code !== 'invalid-address');
  it.each(lifted)(
    '%s: the form asks the person to confirm, whatever its opt-in',
    (_code, state) => {
      const command = byPerson({
        optIn: 'single',
        consent: { grant: express('2026-06-01'), proof: clear(proof) },
      });
      expect(recipientStream.decide(command, state)).toEqual({
        ok: true,
        value: [
          expect.objectContaining({
            type: 'RecipientSubscribed',
            data: {
              listIds: [A],
              optIn: 'double',
              language: FR,
              consentOnConfirmation: true,
              at: NOW,
            },
          }),
        ],
      });
    },
  );

  it.each(lifted)('%s: only the confirmation makes them mailable again', (_code, before) => {
    const submitted = perform(
      before,
      byPerson({ consent: { grant: express('2026-06-01'), proof: clear(proof) } }),
    );
    expect(mailable(submitted)).toBe(false);
    expect(statusOf(submitted)).toBe(statusOf(before));
    const confirm = { ...at, type: 'ConfirmSubscription', requestedAt: NOW } as const;
    const back = perform(submitted, confirm);
    expect(mailable(back)).toBe(true);
    expect(statusOf(back)).toBe('active');
  });

  it('invalid-address: refused for the person too, by form and preference page', () => {
    const past = [subscribed(), invalidated];
    recipient
      .given(...past)
      .when(byPerson())
      .thenRefused({ code: 'invalid-address' });
    recipient
      .given(...past)
      .when(join('person', B))
      .thenRefused({ code: 'invalid-address' });
  });

  it('unsubscribed-all: the preference page asks to confirm', () => {
    recipient
      .given(subscribed(), unsubscribedAll)
      .when(join('person', B))
      .then({
        type: 'ListsJoined',
        data: { listIds: [B], optIn: 'double', at: NOW },
        personal: clear({}),
      });
  });

  it('erased: the preference page has no address to confirm, the form does', () => {
    recipient.given(subscribed(), erased).when(join('person', B)).thenRefused({ code: 'erased' });
  });

  it('an erased person who returns may get the mail that lets them confirm, and no other', () => {
    const returning = perform(stateOf(subscribed(), erased), byPerson());
    const send = (kind: 'reply' | 'transactional' | 'commercial') =>
      maySend(returning, account, { class: kind, listIds: [] }, NOW).allow;
    expect([send('reply'), send('transactional'), send('commercial')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(returning.address).toEqual(clear(ADDRESS));
  });

  it.each([
    ['invalid-address', [subscribed(), unsubscribedAll, invalidated]],
    ['erased', [subscribed(), unsubscribedAll, erased]],
  ] as const)('%s: no manual reactivation', (code, past) => {
    const { warningId } = reactivationWarning(stateOf(...past));
    recipient
      .given(...past)
      .when(reactivate(warningId))
      .thenRefused({ code });
  });
});

const perform = (state: Recipient, command: RecipientCommand): Recipient => {
  const decision = recipientStream.decide(command, state);
  if (!decision.ok) throw new Error(decision.error.code);
  return decision.value.reduce(recipientStream.evolve, state);
};

describe('UNS-6: Reactivate', () => {
  const past = [
    subscribed({ listIds: [A, B] }),
    expressGiven(),
    unsubscribedFrom(B),
    unsubscribedAll,
  ];
  const { warningId, text } = reactivationWarning(stateOf(...past));

  it('one person, with the warning acknowledged, a reason and a basis', () => {
    recipient
      .given(...past)
      .when(reactivate(warningId))
      .then(
        {
          type: 'RecipientReactivated',
          data: { warningId, at: NOW },
          personal: clear({ reason: 'They called' }),
        },
        {
          type: 'ExpressConsentGiven',
          data: { date: CivilDate('2026-05-01'), timeZone: at.timeZone, at: NOW },
          personal: clear({ proof }),
        },
      );
    const back = perform(stateOf(...past), reactivate(warningId));
    expect(mailable(back)).toBe(true);
    expect(back.lists.get(B)?.status).toBe('unsubscribed');
  });

  it('of a complaint warns of the complaint', () => {
    const warning = reactivationWarning(complainedState);
    expect(warning.text.en).toContain('complained');
    expect(warning.text.en).not.toBe(text.en);
    expect(mailable(perform(complainedState, reactivate(warning.warningId)))).toBe(true);
  });

  it.each([
    ['warning-not-acknowledged', past, 'unsubscription-v1-0', express()],
    ['consent-withdrawn', past, warningId, express('2026-02-28')],
    ['consent-date-in-future', past, warningId, express('2026-06-02')],
    ['not-suppressed', [subscribed()], 'unsubscription-v1-0', express()],
    ['unknown-recipient', [], 'unsubscription-v1-0', express()],
  ] as const)('%s', (code, events, id, grant) => {
    recipient
      .given(...events)
      .when(reactivate(id, grant))
      .thenRefused({ code });
  });

  it('needs the present warning: it changes whenever the recipient does', () => {
    const later = stateOf(...past, {
      type: 'LanguageChanged',
      data: { language: EN, previous: FR, at: NOW },
    });
    expect(reactivationWarning(later).warningId).not.toBe(warningId);
  });

  it('may be on the day of the unsubscription', () => {
    expect(mailable(perform(stateOf(...past), reactivate(warningId, express('2026-03-01'))))).toBe(
      true,
    );
  });

  it('C-19: consents from before the unsubscription stay ended', () => {
    const back = perform(stateOf(...past), reactivate(warningId));
    expect(recipientStream.decide(record(express('2026-03-01')), back)).toMatchObject({
      error: { code: 'consent-withdrawn' },
    });
  });
});

describe('UNS-1: Unsubscribe', () => {
  it('from everything ends consents and what waits', () => {
    const before = stateOf(
      subscribed({ listIds: [A] }),
      expressGiven(),
      subscribed({ listIds: [B], optIn: 'double', at: NOW }),
    );
    recipient
      .given(subscribed())
      .when(unsubscribe({ reason: clear('too many') }))
      .then({
        type: 'RecipientUnsubscribed',
        data: { scope: 'all', date: TODAY, at: NOW },
        personal: clear({ reason: 'too many' }),
      });
    const after = perform(before, unsubscribe());
    expect(after).toMatchObject({ consents: [], withdrawnOn: TODAY });
    expect(after.pending).toBeUndefined();
    expect([after.lists.get(A)?.status, after.lists.get(B)?.status]).toEqual([
      'unsubscribed',
      'left',
    ]);
  });

  it('M-10: from A and B of A and B and C leaves C', () => {
    const past = subscribed({ listIds: [A, B] });
    recipient
      .given(past)
      .when(unsubscribe({ scope: [A] }))
      .then({
        type: 'RecipientUnsubscribed',
        data: { scope: [A], date: TODAY, at: NOW },
        personal: clear({}),
      });
    const after = perform(stateOf(past), unsubscribe({ scope: [A] }));
    expect([after.lists.get(A)?.status, after.lists.get(B)?.status]).toEqual([
      'unsubscribed',
      'subscribed',
    ]);
    expect(statusOf(after)).toBe('active');
  });

  it('M-09: twice has one effect', () => {
    recipient.given(subscribed(), unsubscribedAll).when(unsubscribe()).thenNothing();
    recipient
      .given(subscribed(), unsubscribedFrom(A))
      .when(unsubscribe({ scope: [A] }))
      .thenNothing();
  });

  it('takes back a return that was not confirmed', () => {
    const past = [subscribed(), unsubscribedAll, subscribed({ optIn: 'double', at: NOW })];
    const after = perform(stateOf(...past), unsubscribe());
    expect(after.pending).toBeUndefined();
    expect(after.unsubscribed?.revision).toBe(1);
  });

  it('C-24: is recorded for an unknown recipient, and refuses them to the client ever after', () => {
    const after = perform(stateOf(), unsubscribe());
    expect(after).toMatchObject({ known: false, unsubscribed: { since: NOW } });
    expect(recipientStream.decide(subscribe(), after)).toMatchObject({
      error: { code: 'unsubscribed-all' },
    });
  });

  it('C-24: is recorded for an erased person, without anything personal', () => {
    recipient
      .given(subscribed(), erased)
      .when(unsubscribe({ reason: clear('personal') }))
      .then({
        type: 'RecipientUnsubscribed',
        data: { scope: 'all', date: TODAY, at: NOW },
        personal: clear({}),
      });
  });

  it('an imported one says who it is about, and when they left', () => {
    recipient
      .given()
      .when(unsubscribe({ unknown, since: T0 }))
      .then(subscribed(), {
        type: 'RecipientUnsubscribed',
        data: { scope: 'all', date: CivilDate('2026-01-01'), at: T0 },
        personal: clear({}),
      });
  });

  it('an imported one does not put back on a list what was left before', () => {
    for (const before of [stateOf(unsubscribedFrom(A)), stateOf(unsubscribedAll)]) {
      for (const command of [unsubscribe({ scope: [A], unknown }), invalidate({ unknown })]) {
        expect(perform(before, command).lists.get(A)?.status).not.toBe('subscribed');
      }
    }
  });
});

describe('InvalidateAddress', () => {
  const fact = { type: 'AddressInvalidated', data: { cause: 'import', at: NOW } } as const;

  it('marks a known one, once', () => {
    recipient.given(subscribed()).when(invalidate()).then(fact);
    recipient.given(subscribed(), invalidated).when(invalidate()).thenNothing();
  });

  it('records an unknown one, with and without data', () => {
    recipient.given().when(invalidate({ unknown })).then(subscribed(), fact);
    recipient.given().when(invalidate()).then(fact);
  });

  it('IMP-4: is not brought back by an import', () => {
    recipient.given(fact).when(subscribe()).thenRefused({ code: 'invalid-address' });
  });
});

describe('P-28: Erase', () => {
  it('once', () => {
    recipient
      .given(subscribed())
      .when(erase)
      .then({ type: 'RecipientErased', data: { at: NOW }, personal: clear({ reason: 'asked' }) });
    recipient.given(subscribed(), erased).when(erase).thenNothing();
    recipient.given().when(erase).thenRefused({ code: 'unknown-recipient' });
  });

  it('leaves nothing of the person in the state', () => {
    const after = stateOf(
      subscribed({ jurisdiction: 'CA-QC' }, { fields: { firstName: 'Jean' } }),
      expressGiven(),
      erased,
    );
    expect(after).toMatchObject({ address: SHREDDED, fields: SHREDDED, consents: [], erasures: 1 });
    expect(after).not.toHaveProperty('jurisdiction');
    expect(after.lists.size).toBe(0);
    expect(statusOf(after)).toBe('erased');
  });

  it('again, when the person came back in between', () => {
    const returned = [subscribed(), erased, subscribed({ optIn: 'double', at: NOW })];
    expect(perform(stateOf(...returned), erase)).toMatchObject({ erasures: 2, address: SHREDDED });
    const takenBack = perform(stateOf(...returned), unsubscribe());
    expect(perform(takenBack, erase)).toMatchObject({ erasures: 2, address: SHREDDED });
  });

  it('keeps the lists that the person had refused', () => {
    expect(stateOf(subscribed(), unsubscribedFrom(A), erased).lists.get(A)?.status).toBe(
      'unsubscribed',
    );
  });
});

describe('lists', () => {
  it('JoinLists by the client', () => {
    recipient
      .given(subscribed())
      .when(join('client', A, B))
      .then({
        type: 'ListsJoined',
        data: { listIds: [B], optIn: 'single', at: NOW },
        personal: clear({}),
      });
    recipient.given(subscribed()).when(join('client', A)).thenNothing();
    recipient.given().when(join('client', A)).thenRefused({ code: 'unknown-recipient' });
    recipient
      .given(subscribed(), unsubscribedFrom(A))
      .when(join('client', A))
      .thenRefused({ code: 'unsubscribed-list' });
  });

  it('C-25: JoinLists by the person, at once, lists that they left included', () => {
    recipient
      .given(subscribed(), unsubscribedFrom(A))
      .when(join('person', A, B))
      .then({
        type: 'ListsJoined',
        data: { listIds: [A, B], optIn: 'single', at: NOW },
        personal: clear({}),
      });
  });

  it('LeaveLists by the client can be undone by them, by the person only by the person', () => {
    recipient
      .given(subscribed())
      .when(leave('client', A, B))
      .then({ type: 'ListsLeft', data: { listIds: [A], at: NOW } });
    recipient
      .given(subscribed())
      .when(leave('person', A, B))
      .then({
        type: 'RecipientUnsubscribed',
        data: { scope: [A], date: TODAY, at: NOW },
        personal: clear({}),
      });
    recipient.given(subscribed()).when(leave('client', B)).thenNothing();
    recipient.given().when(leave('client', B)).thenRefused({ code: 'unknown-recipient' });
  });

  it('a client cannot turn what the person left into what they may join', () => {
    const asked = subscribed({ optIn: 'double', at: NOW });
    const after = perform(stateOf(subscribed(), unsubscribedFrom(A), asked), leave('client', A));
    expect(after.lists.get(A)?.status).toBe('unsubscribed');
    expect(after.pending).toBeUndefined();
  });
});

describe('consents', () => {
  it('CON-1: RecordConsent', () => {
    recipient
      .given(subscribed())
      .when(record())
      .then({
        type: 'ImpliedConsentRecorded',
        data: { basis: 'purchase', date: CivilDate('2026-05-01'), timeZone: at.timeZone, at: NOW },
        personal: clear({ proof }),
      });
    recipient.given(subscribed(), expressGiven('2026-05-01')).when(record(express())).thenNothing();
    recipient.given().when(record()).thenRefused({ code: 'unknown-recipient' });
  });

  it('WithdrawConsent ends all of them, once a day', () => {
    const withdraw = { ...at, type: 'WithdrawConsent' } as const;
    const withdrawn = { type: 'ConsentWithdrawn', data: { date: TODAY, at: NOW } } as const;
    recipient.given(subscribed(), expressGiven()).when(withdraw).then(withdrawn);
    recipient.given(subscribed(), expressGiven(), withdrawn).when(withdraw).thenNothing();
    recipient.given().when(withdraw).thenRefused({ code: 'unknown-recipient' });
    expect(mailable(stateOf(subscribed(), expressGiven(), withdrawn))).toBe(false);
  });

  it('P-01: RecordPrivacyBasis is a record of its own', () => {
    const command = { ...at, type: 'RecordPrivacyBasis', kind: 'business-contact' } as const;
    const event = {
      type: 'PrivacyBasisRecorded',
      data: { kind: 'business-contact', at: NOW },
    } as const;
    recipient.given(subscribed()).when(command).then(event);
    recipient.given(subscribed(), event).when(command).thenNothing();
    recipient.given(subscribed(), erased).when(command).thenRefused({ code: 'erased' });
    recipient.given().when(command).thenRefused({ code: 'unknown-recipient' });
    expect(mailable(stateOf(subscribed(), event))).toBe(false);
  });
});

describe('profile', () => {
  it('ChangeLanguage', () => {
    const command = { ...at, type: 'ChangeLanguage', language: EN } as const;
    const event = {
      type: 'LanguageChanged',
      data: { language: EN, previous: FR, at: NOW },
    } as const;
    recipient.given(subscribed()).when(command).then(event);
    recipient.given(subscribed(), event).when(command).thenNothing();
    recipient.given(subscribed(), unsubscribedAll).when(command).then(event);
    recipient.given(subscribed(), erased).when(command).thenRefused({ code: 'erased' });
  });

  it('ChangeProfile names the keys, and keeps the values personal', () => {
    const command = {
      ...at,
      type: 'ChangeProfile',
      fields: clear({ city: 'Laval', age: null }),
      jurisdiction: 'CA-QC',
    } as const;
    const event = {
      type: 'ProfileChanged',
      data: { keys: ['age', 'city'], jurisdiction: 'CA-QC', at: NOW },
      personal: clear({ fields: { city: 'Laval', age: null } }),
    } as const;
    const past = subscribed({}, { fields: { age: 40 } });
    recipient.given(past).when(command).then(event);
    recipient.given(past, event).when(command).thenNothing();
    recipient.given().when(command).thenRefused({ code: 'unknown-recipient' });
    expect(stateOf(past, event).fields).toEqual(clear({ city: 'Laval' }));
  });
});
