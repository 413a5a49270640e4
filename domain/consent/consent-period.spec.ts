import { describe, expect, it } from '@jest/globals';
import { CivilDate } from '#domain/kernel/index';
import { BASIS_RULES } from './table/basis-rules.ts';
import { checkGrant } from './check-grant.ts';
import { judge } from './judge.ts';
import { firstLawfulDay, lastLawfulDay } from './consent-period.ts';
import { EVIDENCE_KEYS } from './table/evidence.ts';
import { outlastsLaw, withinLaw } from './within-law.ts';
import { IMPLIED_BASES, type Consent, type ConsentGrant, type ImpliedBasis } from './consent.ts';

const implied = (
  basis: ImpliedBasis,
  date: string,
  expiresOn?: string,
): Consent & ConsentGrant => ({
  kind: 'implied',
  basis,
  date: CivilDate(date),
  ...(expiresOn === undefined ? {} : { expiresOn: CivilDate(expiresOn) }),
  revision: 0,
});

describe('C-11: last lawful days', () => {
  it.each([
    ['inquiry', '2025-08-31', '2026-02-28'],
    ['inquiry', '2025-02-28', '2025-08-28'],
    ['purchase', '2024-02-29', '2026-02-28'],
    ['purchase', '2024-03-10', '2026-03-10'],
    ['ongoing-account', '2024-03-10', '2026-03-09'],
    ['membership', '2024-03-01', '2026-02-28'],
    ['published-address', '2024-02-29', '2025-02-28'],
  ] as const)('%s of %s: %s', (basis, date, last) => {
    expect(lastLawfulDay(implied(basis, date))).toBe(last);
  });

  it('express consent and a lasting relationship have none', () => {
    expect(lastLawfulDay({ kind: 'express', date: CivilDate('2020-01-01') })).toBeUndefined();
    expect(lastLawfulDay(implied('employee', '2020-01-01'))).toBeUndefined();
    expect(lastLawfulDay(implied('employee', '2020-01-01', '2026-01-01'))).toBe('2026-01-01');
  });

  it('C-12: the first is the next day, but the same day for express consent', () => {
    expect(firstLawfulDay(implied('purchase', '2024-12-31'))).toBe('2025-01-01');
    expect(firstLawfulDay({ kind: 'express', date: CivilDate('2024-12-31') })).toBe('2024-12-31');
  });
});

describe('C-13: where zones differ', () => {
  const inquiry = implied('inquiry', '2026-01-15');
  const today = (earliest: string, latest: string) => ({
    earliest: CivilDate(earliest),
    latest: CivilDate(latest),
  });

  it('19:00 in Toronto on the last day is too late for Paris', () => {
    expect(judge(inquiry, 'commercial', today('2026-07-15', '2026-07-15')).current).toBe(true);
    expect(judge(inquiry, 'commercial', today('2026-07-15', '2026-07-16')).current).toBe(false);
  });

  it('the start waits for the zone that is furthest behind', () => {
    expect(judge(inquiry, 'commercial', today('2026-01-15', '2026-01-16')).current).toBe(false);
    expect(judge(inquiry, 'commercial', today('2026-01-16', '2026-01-16')).current).toBe(true);
  });
});

describe('what may be recorded', () => {
  const today = CivilDate('2026-06-01');
  const whole = new Set(EVIDENCE_KEYS);

  it.each(['purchase', 'inquiry', 'employee', 'contract'] as const)('%s of today', (basis) => {
    const grant = implied(basis, '2026-06-01');
    expect(checkGrant(grant, whole, 'commercial', today)).toEqual({ ok: true, value: grant });
  });

  it('nothing of tomorrow', () => {
    expect(checkGrant(implied('purchase', '2026-06-02'), whole, 'commercial', today)).toMatchObject(
      {
        error: { code: 'consent-date-in-future', path: 'consent.date' },
      },
    );
    const express = { kind: 'express', date: CivilDate('2026-06-02') } as const;
    expect(checkGrant(express, whole, 'commercial', today).ok).toBe(false);
  });

  it.each(IMPLIED_BASES)('C-06: %s by the organisations that the law names', (basis) => {
    const types = BASIS_RULES[basis].organisationTypes;
    const checked = checkGrant(implied(basis, '2026-05-01'), whole, 'public-body', today);
    if (types === undefined) expect(checked.ok).toBe(true);
    else expect(checked).toMatchObject({ error: { code: 'basis-not-available' } });
    for (const type of types ?? []) {
      expect(checkGrant(implied(basis, '2026-05-01'), whole, type, today).ok).toBe(true);
    }
  });

  it('CON-2: an end no later than the law’s; a later one is shortened to it', () => {
    const kept = implied('inquiry', '2026-05-01', '2026-11-01');
    expect([withinLaw(kept), outlastsLaw(kept)]).toEqual([kept, false]);
    const longer = implied('inquiry', '2026-05-01', '2026-11-02');
    expect([withinLaw(longer), outlastsLaw(longer)]).toEqual([kept, true]);
    const open = implied('employee', '2026-05-01', '2040-01-01');
    expect([withinLaw(open), outlastsLaw(open)]).toEqual([open, false]);
  });

  it('C-07: nothing that is not proved, and the refusal names what to show', () => {
    const grant = implied('published-address', '2026-05-01');
    const evidence = new Set(['url', 'noRefusalChecked', 'importId'] as const);
    const checked = checkGrant(grant, evidence, 'commercial', today);
    expect(checked).toMatchObject({
      error: { code: 'evidence-missing', path: 'consent.evidence' },
    });
    expect(checked.ok ? '' : checked.error.message).toMatch(/snapshotHash.*relevance/);
    expect(checked.ok ? '' : checked.error.message).not.toMatch(/\(url\)/);
  });
});

it.each([
  ['C-06', implied('membership', '2026-05-01'), /^Une organisation .*\(LCAP art\. 10\(13\)/],
  ['C-07', implied('published-address', '2026-05-01'), /la page où l’adresse est publiée \(url\)/],
  ['C-08', implied('purchase', '2026-05-01'), /le numéro de la facture \(reference ou/],
  ['C-10', implied('purchase', '2026-06-02'), /pas de date future/],
  ['C-19', { kind: 'express', date: CivilDate('2026-05-01') }, /comment le consentement/],
  ['C-19', { kind: 'express', date: CivilDate('2026-06-02') }, /pas de date future/],
] as const)('a refusal by %s names it, in English and in French', (rule, grant, french) => {
  const checked = checkGrant(grant, new Set(), 'commercial', CivilDate('2026-06-01'));
  const { message, french: told = '' } = checked.ok ? { message: '' } : checked.error;
  expect([message, told].every((sentence) => sentence.includes(rule))).toBe(true);
  expect(told).toMatch(french);
});

describe('the table of bases', () => {
  it('has the rows of the law in order, each with its section and both languages', () => {
    const rules = IMPLIED_BASES.map((basis) => BASIS_RULES[basis]);
    expect(rules.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15]);
    for (const { section, name, clockStarts } of rules) {
      expect(section).toMatch(/^(CASL s\. 10|SOR\/2013-221 s\. 3)/);
      expect([name.fr, name.en, clockStarts.fr, clockStarts.en]).not.toContain('');
    }
  });
});
