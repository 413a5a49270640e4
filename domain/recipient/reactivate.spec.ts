import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { reactivationWarning, recipientStream, type Recipient } from './index.ts';
import {
  A,
  at,
  B,
  EN,
  express,
  expressGiven,
  FR,
  NOW,
  proof,
  purchase,
  reactivate,
  record,
  subscribed,
  T0,
  unsubscribedAll,
  unsubscribedFrom,
} from './testing/examples.ts';
import { mailable, stateOf } from './testing/mailable.ts';
import { perform } from './testing/perform.ts';

const recipient = specify(recipientStream);
const complainedState: Recipient = {
  ...stateOf(subscribed(), expressGiven()),
  complained: { since: T0, revision: 1 },
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
    const command = reactivate(warning.warningId);
    expect(mailable(perform(complainedState, { ...command, authority: 'admin' }))).toBe(true);
  });

  it('C-27: of a complaint is for administrators', () => {
    const { warningId: id } = reactivationWarning(complainedState);
    expect(recipientStream.decide(reactivate(id), complainedState)).toMatchObject({
      ok: false,
      error: { code: 'admin-needed' },
    });
  });

  it('UNS-6: needs the evidence of its basis', () => {
    const bare = { ...reactivate(warningId, purchase('2026-05-01')), evidence: new Set([]) };
    recipient
      .given(...past)
      .when(bare)
      .thenRefused({ code: 'evidence-missing' });
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
