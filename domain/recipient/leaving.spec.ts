import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear, fold, SHREDDED } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { RecipientEvent } from './events.ts';
import { recipientStream, statusOf } from './index.ts';
import {
  A,
  B,
  erase,
  erased,
  expressGiven,
  invalidate,
  invalidated,
  join,
  leave,
  NOW,
  subscribe,
  subscribed,
  T0,
  TODAY,
  unknown,
  unsubscribe,
  unsubscribedAll,
  unsubscribedFrom,
} from './testing/examples.ts';
import { perform } from './testing/perform.ts';

const recipient = specify(recipientStream);
const stateOf = (...events: readonly RecipientEvent[]) => fold(recipientStream, events);

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
