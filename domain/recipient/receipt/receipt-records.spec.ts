import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { CivilDate, clear, ImportId } from '#domain/kernel/index';
import { consentRecords } from '../consent-records.ts';
import type { RecipientEvent } from '../events.ts';
import { anyEvent } from '../testing/arbitraries.ts';
import {
  A,
  erased,
  expressGiven,
  NOW,
  proof,
  subscribed,
  unsubscribedAll,
  unsubscribedFrom,
} from '../testing/examples.ts';
import { receiptRecords } from './receipt-records.ts';

const TODAY = '2026-06-01';
const records = (events: readonly RecipientEvent[], today = TODAY) =>
  receiptRecords(events, CivilDate(today));
const permission = (events: readonly RecipientEvent[], today?: string) =>
  records(events, today)['permission-to-send'];
/** Each entry as `revision state type/basis`, with what became of it. */
const told = (events: readonly RecipientEvent[], today?: string) =>
  permission(events, today).entries.map(({ revision, state, type, basis, standing }) =>
    [revision, state, basis ?? type, ...(standing === undefined ? [] : [`→ ${standing}`])].join(
      ' ',
    ),
  );

const day = { date: CivilDate('2026-02-01'), at: NOW };
const bought = (date: string): RecipientEvent => ({
  type: 'ImpliedConsentRecorded',
  data: { basis: 'purchase', date: CivilDate(date), timeZone: 'America/Toronto', at: NOW },
  personal: clear({ proof }),
});
const superseded = (revision: number): RecipientEvent => ({
  type: 'ConsentSuperseded',
  data: { revision, basis: 'purchase', at: NOW },
});
const requested: RecipientEvent = {
  type: 'ConsentRequested',
  data: { lastDay: CivilDate('2026-07-01'), daysBefore: 30, at: NOW },
};
const refused: RecipientEvent = { type: 'ConsentRefused', data: day };
const confirmed: RecipientEvent = {
  type: 'ExpressConsentGiven',
  data: { ...day, timeZone: 'America/Toronto', confirmedAt: NOW },
  personal: clear({ proof }),
};
const basis = (kind: 'express' | 'informed-at-collection'): RecipientEvent => ({
  type: 'PrivacyBasisRecorded',
  data: { kind, at: NOW },
});
const importId = ImportId.parse('imp_01jd0000000000000000000001');
const undone = (
  data: Partial<Extract<RecipientEvent, { type: 'ImportChangesUndone' }>['data']>,
): RecipientEvent => ({
  type: 'ImportChangesUndone',
  data: { importId, at: NOW, ...data },
  personal: clear({}),
});

describe('P-16: the permission to send, as a receipt tells it', () => {
  it('says nothing where nobody asked', () => {
    expect(permission([subscribed()])).toEqual({ state: 'none', entries: [] });
  });

  it('tells a double opt-in as a request and its confirmation', () => {
    const asked = subscribed({ optIn: 'double', consentOnConfirmation: true });
    expect(permission([asked]).state).toBe('requested');
    const events = [asked, confirmed];
    expect(told(events)).toEqual(['0 requested express', '1 confirmed express → confirmed']);
    expect(permission(events).state).toBe('confirmed');
  });

  it('stands by what the person said, where a relationship allows it too', () => {
    const asked = subscribed({ optIn: 'double', consentOnConfirmation: true });
    expect(permission([asked, confirmed, bought('2026-03-10')]).state).toBe('confirmed');
  });

  it('tells what became of an implied consent, with its first and last day (C-11, C-12)', () => {
    const events = [subscribed(), bought('2024-03-10'), bought('2025-03-10'), superseded(1)];
    expect(told(events)).toEqual([
      '1 given purchase → superseded',
      '2 given purchase → given',
      '3 superseded purchase',
    ]);
    expect(permission(events).entries[1]).toMatchObject({
      type: 'implied',
      firstDay: '2025-03-11',
      lastDay: '2027-03-10',
    });
    expect(permission(events).entries[2]?.about).toEqual([1]);
  });

  it('is expired after the last day, on record or not (C-15)', () => {
    const past = [subscribed(), bought('2024-03-10')];
    expect(permission(past, '2026-03-10').state).toBe('given');
    expect(permission(past, '2026-03-11').state).toBe('expired');
    const expired: RecipientEvent = {
      type: 'ConsentExpired',
      data: { revision: 1, basis: 'purchase', lastDay: CivilDate('2026-03-10'), at: NOW },
    };
    expect(told([...past, expired])).toEqual(['1 given purchase → expired', '2 expired purchase']);
  });

  it('stays given while a request waits, and after it was refused (C-16)', () => {
    const events = [subscribed(), bought('2025-03-10'), requested, refused];
    expect(told(events)).toEqual([
      '1 given purchase → given',
      '2 requested express',
      '3 refused express',
    ]);
    expect(permission(events).state).toBe('given');
    expect(permission(events, '2027-03-11').state).toBe('refused');
  });

  it('is withdrawn by leaving everything, and names what that ended', () => {
    const events = [subscribed(), expressGiven(), unsubscribedAll];
    expect(told(events)).toEqual(['1 given express → withdrawn', '2 withdrawn express']);
    expect(permission(events)).toMatchObject({ state: 'withdrawn', entries: [{}, { about: [1] }] });
    const complaint: RecipientEvent = {
      type: 'ComplaintRecorded',
      data: { source: 'operator', ...day },
    };
    expect(told([subscribed(), bought('2026-01-10'), complaint])).toEqual([
      '1 given purchase → withdrawn',
      '2 withdrawn implied',
    ]);
  });

  it('stands when the person left one list, which is told all the same', () => {
    const events = [subscribed(), expressGiven(), unsubscribedFrom(A)];
    expect(permission(events).state).toBe('given');
    expect(permission(events).entries[1]).toMatchObject({ state: 'withdrawn', listIds: [A] });
  });

  it('tells of a claim that could not stand (C-19)', () => {
    const claim: RecipientEvent = {
      type: 'ConsentClaimRejected',
      data: { kind: 'express', code: 'consent-date-missing', missing: [], at: NOW },
    };
    expect(permission([subscribed(), claim])).toEqual({
      state: 'invalidated',
      entries: [
        { revision: 1, state: 'invalidated', type: 'express', code: 'consent-date-missing' },
      ],
    });
  });

  it('is invalidated by the undo of an import, which brings back what the import had ended', () => {
    const before = { kind: 'express', date: CivilDate('2025-01-01'), revision: 1 } as const;
    const events = [
      subscribed(),
      expressGiven('2025-01-01'),
      unsubscribedAll,
      bought('2026-05-01'),
      undone({ consentsEnded: [3], consentsRevived: [{ consent: before }] }),
    ];
    expect(told(events)).toEqual([
      '1 given express → given',
      '2 withdrawn express',
      '3 given purchase → invalidated',
      '4 invalidated implied',
      '4 given express',
    ]);
    expect(permission(events).state).toBe('given');
  });

  it('is invalidated when the operator clears an invalid address (P-07)', () => {
    const cleared: RecipientEvent = {
      type: 'InvalidityCleared',
      data: { at: NOW },
      personal: clear({ reason: 'typing error' }),
    };
    expect(told([subscribed(), cleared])).toEqual([]);
    expect(told([subscribed(), expressGiven(), cleared])).toEqual([
      '1 given express → invalidated',
      '2 invalidated express',
    ]);
  });
});

describe('P-01, P-18: the other records stand apart', () => {
  it('no permission to send is a privacy basis or a consent to tracking', () => {
    const all = records([subscribed(), expressGiven()]);
    expect([all['privacy-basis'].state, all.tracking.state]).toEqual(['none', 'none']);
  });

  it('a privacy basis takes the place of the one before it', () => {
    const { entries, state } = records([basis('informed-at-collection'), basis('express')])[
      'privacy-basis'
    ];
    expect(state).toBe('given');
    expect(entries).toMatchObject([
      { type: 'without-consent', basis: 'informed-at-collection', standing: 'superseded' },
      { type: 'express', basis: 'express', standing: 'given' },
    ]);
  });

  it('a privacy basis of an undone import falls, and the one before it is back', () => {
    const first = [basis('informed-at-collection'), basis('express')];
    const restored = { kind: 'informed-at-collection', revision: 0 } as const;
    const back = records([...first, undone({ privacyBasis: restored })])['privacy-basis'];
    expect(back.entries.map(({ state, standing, about }) => [state, standing, about])).toEqual([
      ['given', 'superseded', undefined],
      ['given', 'invalidated', undefined],
      ['invalidated', undefined, [1]],
      ['given', 'given', [0]],
    ]);
    const none = records([basis('express'), undone({ privacyBasis: null })])['privacy-basis'];
    expect(none.state).toBe('invalidated');
  });

  it('tracking is given, withdrawn, refused and allowed again', () => {
    const given: RecipientEvent = {
      type: 'TrackingConsentGiven',
      data: { mode: 'individual', timeZone: 'America/Toronto', ...day },
      personal: clear({ proof }),
    };
    const down = (mode: 'off' | 'aggregate'): RecipientEvent => ({
      type: 'TrackingConsentWithdrawn',
      data: { mode, by: 'person', ...day },
    });
    const states = (...events: readonly RecipientEvent[]) =>
      records(events).tracking.entries.map(({ state, standing }) => standing ?? state);
    expect(states(given)).toEqual(['given']);
    expect(states(given, down('aggregate'))).toEqual(['withdrawn', 'withdrawn']);
    expect(states(down('off'))).toEqual(['refused']);
    expect(states(down('off'), down('aggregate'))).toEqual(['refused', 'given']);
    expect(states(given, given)).toEqual(['superseded', 'given']);
  });
});

describe('laws of what a receipt tells', () => {
  const histories = fc.array(anyEvent, { maxLength: 15 });
  const day = fc.constantFrom('2024-06-01', '2026-06-01', '2028-06-01').map(CivilDate);

  it('tells in order, of events that there are, and of nothing before an erasure (PRV-2)', () => {
    fc.assert(
      fc.property(histories, histories, day, (before, after, today) => {
        const events = [...before, erased, ...after];
        const last = events.findLastIndex(({ type }) => type === 'RecipientErased');
        for (const { entries } of Object.values(receiptRecords(events, today))) {
          const revisions = entries.map(({ revision }) => revision);
          expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
          for (const each of revisions) {
            expect(each).toBeGreaterThan(last);
            expect(each).toBeLessThan(events.length);
          }
        }
      }),
    );
  });

  it('is in force exactly where a consent is current (C-29)', () => {
    fc.assert(
      fc.property(histories, day, (events, today) => {
        fc.pre(
          events.every(({ type }) => !['RecipientErased', 'ImportChangesUndone'].includes(type)),
        );
        const current = consentRecords(events, today).some(({ state }) => state === 'current');
        const { state } = receiptRecords(events, today)['permission-to-send'];
        expect(['given', 'confirmed'].includes(state)).toBe(current);
      }),
      { numRuns: 300 },
    );
  });

  it('is none exactly where nothing is told', () => {
    fc.assert(
      fc.property(histories, day, (events, today) => {
        for (const { state, entries } of Object.values(receiptRecords(events, today))) {
          const whole = entries.filter(({ listIds }) => listIds === undefined);
          expect(state === 'none').toBe(whole.length === 0);
        }
      }),
    );
  });
});
