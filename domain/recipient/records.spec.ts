import { describe, expect, it } from '@jest/globals';
import { CivilDate, clear } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { recipientStream } from './index.ts';
import {
  at,
  EN,
  erased,
  express,
  expressGiven,
  FR,
  NOW,
  proof,
  record,
  subscribed,
  TODAY,
  unsubscribedAll,
} from './testing/examples.ts';
import { mailable, stateOf } from './testing/mailable.ts';

const recipient = specify(recipientStream);
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
