import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { CivilDate, clear, fold, Instant } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import type { GiveConsent } from './commands.ts';
import type { RecipientEvent } from './events.ts';
import { recipientStream, type RecipientRejectionCode } from './index.ts';
import {
  erased,
  expressGiven,
  proof,
  subscribed,
  T0,
  unsubscribedAll,
} from './testing/examples.ts';

const recipient = specify(recipientStream);
const TODAY = CivilDate('2026-03-20');
const NOON = Instant('2026-03-20T16:00:00.000Z');
const timeZone = 'America/Toronto';
const give: GiveConsent = {
  type: 'GiveConsent',
  now: NOON,
  today: TODAY,
  timeZone,
  proof: clear(proof),
};
const given: RecipientEvent = {
  type: 'ExpressConsentGiven',
  data: { date: TODAY, timeZone, at: NOON },
  personal: clear({ proof }),
};
/** A purchase whose last day, 2026-03-10, is over. */
const lapsed: readonly RecipientEvent[] = [
  subscribed(),
  {
    type: 'ImpliedConsentRecorded',
    data: { basis: 'purchase', date: CivilDate('2024-03-10'), timeZone, at: T0 },
    personal: clear({ proof }),
  },
];

describe('CON-5: a person who agrees', () => {
  it('gives express consent with its day, and may be written to', () => {
    recipient
      .given(...lapsed)
      .when(give)
      .then(given);
    const account = { timeZone, regimes: ['casl'], organisationType: 'commercial' } as const;
    const decision = maySend(
      fold(recipientStream, [...lapsed, given]),
      account,
      { class: 'commercial', listIds: [] },
      NOON,
    );
    expect(decision).toMatchObject({ allow: true, basis: 'express' });
  });

  it('adds nothing by agreeing again, on another day either', () => {
    recipient
      .given(...lapsed, given)
      .when(give)
      .thenNothing();
    recipient.given(subscribed(), expressGiven('2020-01-01')).when(give).thenNothing();
  });

  it('may change their mind: after a refusal, and on the day of a withdrawal', () => {
    const at = Instant('2026-03-20T12:00:00.000Z');
    recipient
      .given(...lapsed, { type: 'ConsentRefused', data: { date: TODAY, at } })
      .when(give)
      .then(given);
    recipient
      .given(...lapsed, { type: 'ConsentWithdrawn', data: { date: TODAY, at } })
      .when(give)
      .then(given);
  });

  it.each<[RecipientRejectionCode, readonly RecipientEvent[]]>([
    ['unsubscribed-all', [...lapsed, unsubscribedAll]],
    [
      'complaint',
      [
        ...lapsed,
        { type: 'ComplaintRecorded', data: { source: 'operator', date: TODAY, at: T0 } } as const,
      ],
    ],
    [
      'invalid-address',
      [...lapsed, { type: 'AddressInvalidated', data: { cause: 'bounce', at: T0 } }],
    ],
    [
      'restricted',
      [
        ...lapsed,
        { type: 'ProcessingRestricted', data: { at: T0 }, personal: clear({ reason: 'asked' }) },
      ],
    ],
    ['erased', [...lapsed, erased]],
    ['unknown-recipient', []],
  ])('C-27: is brought back by nothing but a form, %s', (code, events) => {
    recipient
      .given(...events)
      .when(give)
      .thenRefused({ code });
  });
});
