import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { CivilDate, clear, fold } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { GiveTrackingConsent, WithdrawTrackingConsent } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { recipientStream } from './index.ts';
import { at, erase, evidence, expressGiven, NOW, proof, subscribed } from './testing/examples.ts';

const recipient = specify(recipientStream);
const give = (more: Partial<GiveTrackingConsent> = {}): GiveTrackingConsent => ({
  type: 'GiveTrackingConsent',
  ...at,
  via: 'client',
  mode: 'individual',
  date: CivilDate('2026-05-01'),
  proof: clear(proof),
  evidence,
  ...more,
});
const lower = (via: 'person' | 'client', mode: 'off' | 'aggregate'): WithdrawTrackingConsent => ({
  type: 'WithdrawTrackingConsent',
  ...at,
  via,
  mode,
});
const given: RecipientEvent = {
  type: 'TrackingConsentGiven',
  data: {
    mode: 'individual',
    date: CivilDate('2026-05-01'),
    timeZone: 'America/Toronto',
    at: NOW,
  },
  personal: clear({ proof }),
};
const lowered = (by: 'person' | 'client', mode: 'off' | 'aggregate'): RecipientEvent => ({
  type: 'TrackingConsentWithdrawn',
  data: { mode, by, date: at.today, at: NOW },
});
const stateOf = (...events: readonly RecipientEvent[]) => fold(recipientStream, events);

describe('P-18, P-20: tracking consent', () => {
  it('starts as aggregate, whatever else the person agreed to', () => {
    const privacy: RecipientEvent = {
      type: 'PrivacyBasisRecorded',
      data: { kind: 'express', at: NOW },
    };
    expect(stateOf(subscribed(), expressGiven(), privacy).tracking).toBe('aggregate');
  });

  it('gives no permission to send and no privacy basis', () => {
    const state = stateOf(subscribed(), given);
    const account = {
      timeZone: 'America/Toronto',
      regimes: ['casl'],
      organisationType: 'commercial',
    } as const;
    expect(state.tracking).toBe('individual');
    expect(state.privacyBasis).toBeUndefined();
    expect(maySend(state, account, { class: 'commercial', listIds: [] }, NOW).allow).toBe(false);
  });

  it.each(['individual', 'hygiene'] as const)('%s is given with evidence, once', (mode) => {
    const event = { ...given, data: { ...given.data, mode } } as RecipientEvent;
    recipient.given(subscribed()).when(give({ mode })).then(event);
    recipient.given(subscribed(), event).when(give({ mode })).thenNothing();
  });

  it.each([
    ['evidence-missing', { evidence: new Set(['method'] as const) }],
    ['evidence-missing', { evidence: new Set(['reference'] as const) }],
    ['consent-date-in-future', { date: CivilDate('2026-06-02') }],
  ] as const)('%s: refused', (code, more) => {
    recipient.given(subscribed()).when(give(more)).thenRefused({ code });
  });

  it('is taken back in one step, to nothing or to what needs no consent', () => {
    recipient
      .given(subscribed(), given)
      .when(lower('person', 'off'))
      .then(lowered('person', 'off'));
    recipient
      .given(subscribed(), given)
      .when(lower('client', 'aggregate'))
      .then(lowered('client', 'aggregate'));
    recipient.given(subscribed()).when(lower('client', 'aggregate')).thenNothing();
  });

  it('that the person turned off is theirs to turn on', () => {
    const past = [subscribed(), given, lowered('person', 'off')];
    recipient
      .given(...past)
      .when(lower('client', 'aggregate'))
      .thenRefused({ code: 'tracking-refused' });
    recipient
      .given(...past)
      .when(give())
      .thenRefused({ code: 'consent-withdrawn' });
    recipient
      .given(...past)
      .when(lower('person', 'aggregate'))
      .then(lowered('person', 'aggregate'));
    const byClient = [subscribed(), lowered('client', 'off')];
    recipient
      .given(...byClient)
      .when(lower('client', 'aggregate'))
      .then(lowered('client', 'aggregate'));
  });

  it('is nobody’s after an erasure, and of nobody who is unknown', () => {
    recipient.given().when(give()).thenRefused({ code: 'unknown-recipient' });
    const state = stateOf(subscribed(), given);
    const after = recipientStream.decide(erase, state);
    expect(after.ok && after.value.reduce(recipientStream.evolve, state).tracking).toBe(
      'aggregate',
    );
  });
});
