import { describe, expect, it } from '@jest/globals';
import { CivilDate, Instant, ListId } from '#domain/kernel/index';
import type { Consent, ImpliedBasis, OrganisationType } from './consent.ts';
import type { Membership, MessageClass, SendingAccount, Standing } from './decision.ts';
import { maySend } from './may-send.ts';

const A = ListId.parse('list_01jd000000000000000000000a');
const B = ListId.parse('list_01jd000000000000000000000b');
const at = (text: string): Instant => Instant(`${text}:00.000Z`);
/** Noon in Toronto, which is the same civil day there. */
const noon = (day: string): Instant => at(`${day}T17:00`);
const fact = (revision: number) => ({ since: noon('2026-01-01'), revision });
const on = (status: Membership['status'], revision = 1): Membership => ({
  ...fact(revision),
  status,
});
const account: SendingAccount = {
  timeZone: 'America/Toronto',
  regimes: ['casl'],
  organisationType: 'commercial',
};
const express: Consent = { kind: 'express', date: CivilDate('2020-01-01'), revision: 2 };
const implied = (
  basis: ImpliedBasis,
  date: string,
  more: Partial<{ expiresOn: CivilDate; revision: number }> = {},
): Consent => ({ kind: 'implied', basis, date: CivilDate(date), revision: 2, ...more });
const person = (more: Partial<Standing> = {}): Standing => ({
  known: true,
  lists: new Map([[A, on('subscribed')]]),
  consents: [express],
  ...more,
});
const decide = (
  standing: Standing,
  {
    when = noon('2026-06-01'),
    listIds = [A],
    kind = 'commercial',
    organisationType = 'commercial',
  }: {
    when?: Instant;
    listIds?: readonly ListId[];
    kind?: MessageClass;
    organisationType?: OrganisationType;
  } = {},
) => maySend(standing, { ...account, organisationType }, { class: kind, listIds }, when);
const codes = (...parameters: Parameters<typeof decide>) =>
  decide(...parameters).reasons.map(({ code }) => code);

describe('row 0: suppression', () => {
  it.each([
    ['erased', { erased: fact(9) }],
    ['invalid-address', { invalid: fact(9) }],
    ['complaint', { complained: fact(9) }],
    ['restricted', { restricted: fact(9) }],
    ['unsubscribed-all', { unsubscribed: fact(9) }],
  ] as const)('%s denies, names its section and the event', (code, standing) => {
    const decision = decide(person(standing));
    expect(decision.allow).toBe(false);
    expect(decision.basis).toBeUndefined();
    expect(decision.reasons).toEqual([
      expect.objectContaining({ code, rule: 'row 0', revisions: [9] }),
    ]);
    const [reason] = decision.reasons;
    expect(reason?.section).not.toBe('');
    expect(reason?.text.fr).not.toBe(reason?.text.en);
  });

  it('tells all that speaks against it, the weightiest first', () => {
    const standing = person({
      erased: fact(1),
      invalid: fact(2),
      complained: fact(3),
      restricted: fact(4),
      unsubscribed: fact(5),
      lists: new Map([[A, on('unsubscribed')]]),
      consents: [],
    });
    expect(codes(standing)).toEqual([
      'erased',
      'invalid-address',
      'complaint',
      'restricted',
      'unsubscribed-all',
      'unsubscribed-list',
      'no-consent',
    ]);
  });

  it('C-01: somebody unknown, without any basis, is denied by default', () => {
    expect(codes({ known: false, lists: new Map(), consents: [] }, { listIds: [] })).toEqual([
      'unknown-recipient',
      'no-consent',
    ]);
  });
});

describe('lists of the message', () => {
  it.each([
    ['unsubscribed', 'unsubscribed-list'],
    ['left', 'not-on-list'],
    ['unconfirmed', 'unconfirmed'],
  ] as const)('%s denies as %s', (status, code) => {
    expect(codes(person({ lists: new Map([[A, on(status)]]) }))).toEqual([code]);
  });

  it('never joined denies as not-on-list', () => {
    expect(codes(person({ lists: new Map() }))).toEqual(['not-on-list']);
  });

  it('M-10: one list of several is enough', () => {
    const lists = new Map([
      [A, on('unsubscribed')],
      [B, on('subscribed')],
    ]);
    expect(decide(person({ lists }), { listIds: [A, B] }).allow).toBe(true);
    expect(decide(person({ lists }), { listIds: [A] }).allow).toBe(false);
  });

  it('of several denials, what the person said counts most', () => {
    const lists = new Map([
      [A, on('unconfirmed')],
      [B, on('unsubscribed')],
    ]);
    expect(codes(person({ lists }), { listIds: [A, B] })).toEqual([
      'unsubscribed-list',
      'unconfirmed',
    ]);
  });

  it('without lists, only somebody who never confirmed anything is denied', () => {
    const waiting = new Map([[A, on('unconfirmed')]]);
    expect(codes(person({ lists: waiting }), { listIds: [] })).toEqual(['unconfirmed']);
    const both = new Map([...waiting, [B, on('subscribed')] as const]);
    expect(decide(person({ lists: both }), { listIds: [] }).allow).toBe(true);
    expect(decide(person({ lists: new Map() }), { listIds: [] }).allow).toBe(true);
    const pending = person({ lists: new Map(), pending: { revision: 4 } });
    expect(decide(pending, { listIds: [] }).reasons).toMatchObject([
      { code: 'unconfirmed', revisions: [4] },
    ]);
  });
});

describe('row 17: transactional', () => {
  const kind = 'transactional';

  it('needs neither consent nor subscription', () => {
    const standing = person({ consents: [], lists: new Map(), unsubscribed: fact(3) });
    expect(decide(standing, { kind })).toMatchObject({
      allow: true,
      basis: 'transactional',
      reasons: [{ code: 'transactional', rule: 'row 17', section: 'CASL s. 6(6)' }],
    });
    expect(decide(person({ complained: fact(3) }), { kind }).allow).toBe(true);
  });

  it.each([
    ['invalid-address', { invalid: fact(1) }],
    ['erased', { erased: fact(1) }],
    ['erased', { erased: fact(1), returning: fact(2) }],
    ['restricted', { restricted: fact(1) }],
    ['unknown-recipient', { known: false }],
  ] as const)('is denied as %s', (code, standing) => {
    expect(codes(person(standing), { kind })).toEqual([code]);
  });
});

describe('row 18: reply', () => {
  const kind = 'reply';

  it('answers somebody who is suppressed, asked, and has no consent', () => {
    const standing = person({ consents: [], lists: new Map(), unsubscribed: fact(3) });
    expect(decide(standing, { kind })).toMatchObject({ allow: true, basis: 'reply' });
    expect(decide(person({ complained: fact(3) }), { kind }).allow).toBe(true);
  });

  it('answers an erased person only while they are returning', () => {
    expect(codes(person({ erased: fact(3) }), { kind })).toEqual(['erased']);
    expect(decide(person({ erased: fact(3), returning: fact(4) }), { kind }).allow).toBe(true);
  });

  it.each([
    ['invalid-address', { invalid: fact(1) }],
    ['restricted', { restricted: fact(1) }],
    ['unknown-recipient', { known: false }],
  ] as const)('is denied as %s', (code, standing) => {
    expect(codes(person(standing), { kind })).toEqual([code]);
  });
});

describe('no consent', () => {
  it('says so, and since when there is none where it was withdrawn (CON-6)', () => {
    const text = (standing: ReturnType<typeof person>): string | undefined =>
      decide(standing).reasons[0]?.text.en;
    expect(text(person({ consents: [] }))).toBe('No consent is on record.');
    const withdrawnOn = CivilDate('2026-03-01');
    expect(text(person({ consents: [], withdrawnOn }))).toBe(
      'Consent was withdrawn on 2026-03-01; none is on record since.',
    );
    expect(codes(person({ consents: [], withdrawnOn, jurisdiction: 'FR' }))).toEqual([
      'no-consent',
    ]);
  });
});

describe('row 1: express consent', () => {
  it('C-10: has no end', () => {
    expect(decide(person(), { when: noon('2126-01-01') })).toMatchObject({
      allow: true,
      basis: 'express',
      reasons: [{ code: 'express-consent', rule: 'row 1', revisions: [2] }],
    });
    expect(decide(person())).not.toHaveProperty('lastDay');
  });

  it('counts from its own day on', () => {
    const today = { ...express, date: CivilDate('2026-06-01') };
    expect(decide(person({ consents: [today] })).allow).toBe(true);
    expect(decide(person({ consents: [today] }), { when: noon('2026-05-31') }).allow).toBe(false);
  });

  it('goes before an implied basis, which is named too', () => {
    const decision = decide(person({ consents: [implied('purchase', '2026-05-01'), express] }));
    expect(decision.basis).toBe('express');
    expect(decision.reasons.map(({ code }) => code)).toEqual([
      'express-consent',
      'implied-consent',
    ]);
  });
});

describe('rows 2 to 15: implied consent', () => {
  const on = (consent: Consent, day: string, organisationType: OrganisationType = 'commercial') =>
    decide(person({ consents: [consent] }), { when: noon(day), organisationType });

  it('C-10: purchase on 2024-03-10: sent 2026-03-10, not 2026-03-11', () => {
    const purchase = implied('purchase', '2024-03-10');
    expect(on(purchase, '2026-03-10')).toMatchObject({
      allow: true,
      basis: 'purchase',
      lastDay: '2026-03-10',
      reasons: [{ code: 'implied-consent', rule: 'row 2', section: 'CASL s. 10(10)(a)' }],
    });
    expect(on(purchase, '2026-03-11')).toMatchObject({
      allow: false,
      reasons: [{ code: 'consent-expired', rule: 'C-11', section: 'CASL s. 10(10)(a)' }],
    });
  });

  it.each([
    ['2025-08-31', '2026-02-28'],
    ['2025-02-28', '2025-08-28'],
  ])('C-11: inquiry on %s lasts until %s', (date, lastDay) => {
    expect(on(implied('inquiry', date), lastDay)).toMatchObject({ allow: true, lastDay });
  });

  it('C-12: a purchase today allows a newsletter tomorrow', () => {
    const purchase = implied('purchase', '2026-06-01');
    expect(on(purchase, '2026-06-01').reasons).toMatchObject([
      { code: 'not-before-next-day', rule: 'C-12' },
    ]);
    expect(on(purchase, '2026-06-02').allow).toBe(true);
  });

  it('C-13: the day is the account’s, to the millisecond', () => {
    const standing = person({ consents: [implied('inquiry', '2026-01-15')] });
    const last = Instant('2026-07-16T03:59:59.999Z');
    expect(decide(standing, { when: last }).allow).toBe(true);
    expect(decide(standing, { when: Instant('2026-07-16T04:00:00.000Z') }).allow).toBe(false);
  });

  it('C-14: of several bases the one that lasts longest counts', () => {
    const standing = person({
      consents: [
        implied('inquiry', '2026-01-10', { revision: 2 }),
        implied('purchase', '2024-09-01', { revision: 3 }),
      ],
    });
    expect(decide(standing, { when: noon('2026-07-01') })).toMatchObject({
      allow: true,
      basis: 'purchase',
      lastDay: '2026-09-01',
      reasons: [{ revisions: [3] }, { revisions: [2] }],
    });
    expect(decide(standing, { when: noon('2026-08-01') }).reasons).toMatchObject([
      { code: 'implied-consent', revisions: [3] },
    ]);
    expect(codes(standing, { when: noon('2026-09-02') })).toEqual([
      'consent-expired',
      'consent-expired',
    ]);
  });

  it('CON-2: an earlier end of the account’s counts, a later one does not', () => {
    const shorter = implied('purchase', '2026-01-01', { expiresOn: CivilDate('2026-03-01') });
    expect(on(shorter, '2026-03-01')).toMatchObject({ allow: true, lastDay: '2026-03-01' });
    expect(on(shorter, '2026-03-02').allow).toBe(false);
    const longer = implied('purchase', '2024-01-01', { expiresOn: CivilDate('2030-01-01') });
    expect(on(longer, '2026-01-01')).toMatchObject({ allow: true, lastDay: '2026-01-01' });
    expect(on(longer, '2026-01-02').allow).toBe(false);
  });

  it.each(['published-address', 'disclosed-address'] as const)(
    'C-07: %s is looked at afresh after twelve months',
    (basis) => {
      expect(on(implied(basis, '2025-06-01'), '2026-06-01').allow).toBe(true);
      expect(on(implied(basis, '2025-06-01'), '2026-06-02').allow).toBe(false);
    },
  );

  it.each([
    ['donation', 'registered-charity'],
    ['donation', 'political'],
    ['volunteer', 'registered-charity'],
    ['membership', 'non-profit-association'],
  ] as const)('C-06: %s is there for a %s, not for a commercial sender', (basis, type) => {
    const consent = implied(basis, '2026-01-01');
    expect(on(consent, '2026-06-01', type).allow).toBe(true);
    expect(on(consent, '2026-06-01').reasons).toMatchObject([
      { code: 'basis-not-available', rule: 'C-06' },
    ]);
  });

  it.each(['employee', 'organisation-relationship'] as const)(
    '%s lasts until the account ends it',
    (basis) => {
      expect(on(implied(basis, '2000-01-01'), '2100-01-01')).toMatchObject({ allow: true, basis });
      const ended = implied(basis, '2000-01-01', { expiresOn: CivilDate('2026-05-31') });
      expect(on(ended, '2026-06-01').allow).toBe(false);
    },
  );
});
