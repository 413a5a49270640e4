import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { clear } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { RecipientCommand } from './commands.ts';
import { reactivationWarning, recipientStream, statusOf, type Recipient } from './index.ts';
import {
  A,
  ADDRESS,
  at,
  B,
  byPerson,
  erased,
  express,
  expressGiven,
  FR,
  invalidated,
  join,
  NOW,
  proved,
  purchase,
  reactivate,
  record,
  subscribe,
  subscribed,
  T0,
  unsubscribedAll,
} from './testing/examples.ts';
import { account, mailable, stateOf } from './testing/mailable.ts';
import { perform } from './testing/perform.ts';

const recipient = specify(recipientStream);
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
    ['a mass import', subscribe({ consent: proved(express()), since: T0 })],
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
        consent: proved(express('2026-06-01')),
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
    const submitted = perform(before, byPerson({ consent: proved(express('2026-06-01')) }));
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
