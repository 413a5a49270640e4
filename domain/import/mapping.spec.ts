import { describe, expect, it } from '@jest/globals';
import { Instant, CivilDate } from '#domain/kernel/index';
import { checkMapping } from './check-mapping.ts';
import { planColumns } from './column-plan.ts';
import { effectiveMapping } from './effective-mapping.ts';
import { parseMapping, type RequestedMapping } from './parse-mapping.ts';
import { RowReading } from './read-row.ts';

const LIST = 'list_01jd0000000000000000000000';
const WORDING = 'wrd_01jd0000000000000000000000';
const EXPRESS = {
  kind: 'express',
  dateColumns: ['Confirmed', 'Opted'],
  method: 'web form',
  source: 'CRM',
  wordingId: WORDING,
  attestedBy: 'M. Roy',
};
const CLOCK = { now: Instant('2026-11-24T12:00:00.000Z'), today: CivilDate('2026-11-24') };

const faultsOf = (mapping: unknown): readonly (readonly [string, string])[] => {
  const parsed = parseMapping(mapping);
  return parsed.ok ? [] : parsed.error.map(({ path, code }) => [path, code]);
};
const parsed = (mapping: object): RequestedMapping => {
  const result = parseMapping(mapping);
  if (!result.ok) throw new Error(result.error.map(({ path, code }) => `${path} ${code}`).join());
  return result.value;
};
/** A row read as the mapping says; cells by column. */
const read = (mapping: object, cells: Readonly<Record<string, string>>) => {
  const columns = Object.keys(cells);
  const effective = effectiveMapping(parsed(mapping), columns, () => true);
  const plan = planColumns(effective, columns);
  if (!plan.ok) throw new Error(plan.error.code);
  const row = new RowReading(effective, plan.value, 'America/Toronto').read(
    Object.values(cells),
    CLOCK,
  );
  return { row, plan: plan.value, mapping: effective };
};
const base = { columns: { Email: 'email' }, consent: EXPRESS };

describe('IMP-1 a mapping', () => {
  it('says all its faults at once, each with its path', () => {
    expect(
      faultsOf({
        preset: 'brevo',
        colums: {},
        columns: { A: 'mail', B: 'fields.', C: 7, D: 'language', E: 'language' },
        listIds: ['list_1'],
        state: 'gone',
        jurisdiction: 'Québec',
        privacyBasis: { kind: 'hope' },
      }),
    ).toEqual([
      ['colums', 'unknown-key'],
      ['preset', 'unknown-preset'],
      ['state', 'not-a-choice'],
      ['privacyBasis.kind', 'not-a-choice'],
      ['jurisdiction', 'unknown-jurisdiction'],
      ['columns.A', 'unknown-target'],
      ['columns.B', 'unknown-target'],
      ['columns.C', 'not-a-text'],
      ['columns.E', 'repeated-target'],
      ['listIds.0', 'not-an-id'],
    ]);
  });

  it.each([[null], ['{}'], [[]], [7]])('is an object, not %j', (value) => {
    expect(faultsOf(value)).toContainEqual(['', 'not-an-object']);
  });

  it('needs a column for the address, which a preset gives', () => {
    expect(faultsOf({ columns: { A: 'language' } })).toEqual([['columns', 'email-missing']]);
    expect(faultsOf({ preset: 'mailchimp' })).toEqual([]);
  });

  it.each(['dateColumns', 'method', 'source', 'wordingId', 'attestedBy'] as const)(
    'C-19: express consent without %s is refused',
    (key) => {
      const { [key]: _, ...rest } = EXPRESS;
      expect(faultsOf({ ...base, consent: rest })).toEqual([[`consent.${key}`, 'missing']]);
    },
  );

  it('C-19: a preset says the source and which columns prove it; the caller attests', () => {
    expect(faultsOf({ preset: 'mailchimp', consent: { kind: 'express' } })).toEqual([
      ['consent.method', 'missing'],
      ['consent.attestedBy', 'missing'],
    ]);
    const consent = { kind: 'express', method: 'web form', attestedBy: 'M. Roy' };
    expect(parsed({ preset: 'mailchimp', consent }).consent).toMatchObject({
      dateColumns: ['CONFIRM_TIME', 'OPTIN_TIME'],
      source: 'Mailchimp',
    });
  });

  it.each(['third-party', 'partners'])(
    'C-09: consent given to somebody else (%s) is refused',
    (kind) => {
      expect(faultsOf({ ...base, consent: { ...EXPRESS, kind } })).toEqual([
        ['consent.kind', 'third-party-consent'],
      ]);
    },
  );

  it('C-05: a label of the business is no basis', () => {
    const implied = { kind: 'implied', dateColumns: ['D'] };
    const without = [['consent.basis', 'label-without-basis']];
    expect(faultsOf({ ...base, consent: { ...implied, basis: 'supplier' } })).toEqual(without);
    expect(faultsOf({ ...base, consent: { ...implied, label: 'supplier' } })).toEqual(without);
    const unknown = [['consent.basis', 'unknown-basis']];
    expect(faultsOf({ ...base, consent: { ...implied, basis: 'friend' } })).toEqual(unknown);
    const asCustomer = parsed({
      ...base,
      consent: { ...implied, label: 'supplier', basis: 'purchase' },
    });
    const setting = {
      isField: () => true,
      isList: () => true,
      isWording: () => true,
      organisationType: 'commercial',
    } as const;
    expect(checkMapping(asCustomer, setting).map(({ path, code }) => [path, code])).toEqual(
      without,
    );
  });

  it('names what the account does not have', () => {
    const mapping = parsed({
      columns: { Email: 'email', City: 'fields.city' },
      listIds: [LIST],
      consent: { kind: 'implied', basis: 'donation', dateColumns: ['D'] },
    });
    const setting = {
      isField: () => false,
      isList: () => false,
      isWording: () => false,
      organisationType: 'commercial',
    } as const;
    expect(checkMapping(mapping, setting).map(({ path, code }) => [path, code])).toEqual([
      ['columns.City', 'unknown-field'],
      ['listIds.0', 'unknown-list'],
      ['consent.basis', 'basis-not-available'],
    ]);
  });

  it('reports each column that nobody asked for once, and none that is used or ignored', () => {
    const cells = { Email: 'a@x.example', Confirmed: '2024-01-01', LEID: '1', Notes: 'x' };
    expect(read({ ...base, ignore: ['LEID'] }, cells).plan.unmapped).toEqual(['Notes']);
  });

  it('fails on a column that the file does not have', () => {
    const mapping = effectiveMapping(parsed({ columns: { Mail: 'email' } }), ['Email'], () => true);
    expect(planColumns(mapping, ['Email'])).toMatchObject({
      ok: false,
      error: { code: 'unknown-column' },
    });
  });
});

describe('the preset mailchimp', () => {
  const file = { 'Email Address': 'a@x.example', 'First Name': 'Zoé', CC: 'ca', REGION: 'qc' };

  it('fills what the caller leaves out, and only fields that the account has', () => {
    const mapping = effectiveMapping(
      parsed({ preset: 'mailchimp' }),
      Object.keys(file),
      () => false,
    );
    const plan = planColumns(mapping, Object.keys(file));
    expect(plan).toMatchObject({ ok: true, value: { email: 0, unmapped: ['First Name'] } });
    expect(read({ preset: 'mailchimp' }, file).row.jurisdiction).toBe('CA-QC');
  });

  it('gives way to what the caller says', () => {
    const columns = { 'First Name': 'fields.prenom' };
    const { mapping, row } = read({ preset: 'mailchimp', columns, jurisdiction: 'FR' }, file);
    expect(mapping.columns.get('First Name')).toBe('fields.prenom');
    expect(row.jurisdiction).toBe('FR');
    expect(read({ preset: 'mailchimp', columns }, file).plan.unmapped).toEqual([]);
  });

  it.each([
    ['UNSUB_TIME', 'unsubscribed'],
    ['CLEAN_TIME', 'invalid'],
    ['OPTIN_TIME', 'subscribed'],
  ])('knows by %s that people are %s', (column, state) => {
    const { mapping, row } = read(
      { preset: 'mailchimp' },
      { ...file, [column]: '2025-05-28 17:11:18' },
    );
    expect(mapping.state).toBe(state);
    expect(row.suppressedAt ?? row.subscribedAt).toBe('2025-05-28T17:11:18.000Z');
  });
});

describe('C-08, C-19 the date of a consent', () => {
  it.each([
    ['the first column that is filled in', { Confirmed: '', Opted: '2024-03-10' }, '2024-03-10'],
    ['the better one of two', { Confirmed: '2024-03-11', Opted: '2024-03-10' }, '2024-03-11'],
    ['the day where the account is', { Confirmed: '2024-03-10 03:30:00', Opted: '' }, '2024-03-09'],
    [
      'the same before summer time begins',
      { Confirmed: '2024-03-10T04:59:59Z', Opted: '' },
      '2024-03-09',
    ],
    [
      'the day that begins at 5 h UTC in winter',
      { Confirmed: '2024-03-10T05:00:00Z', Opted: '' },
      '2024-03-10',
    ],
    ['a time with its offset', { Confirmed: '2024-03-10T01:00:00+02:00', Opted: '' }, '2024-03-09'],
  ])('is %s', (_name, dates, date) => {
    expect(read(base, { Email: 'a@x.example', ...dates }).row.grant).toEqual({
      kind: 'express',
      date,
    });
  });

  it.each([
    ['consent-date-missing', ' '],
    ['consent-date-unreadable', '03/04/2024'],
    ['consent-date-unreadable', '2024-02-30'],
    ['consent-date-in-future', '2031-01-01 00:00:00'],
  ])('gives no consent and the remark %s', (remark, text) => {
    const { row } = read(base, { Email: 'a@x.example', Confirmed: text });
    expect([row.grant, row.remark]).toEqual([undefined, remark]);
  });

  it('of an implied consent comes with an earlier end where the file gives one', () => {
    const consent = {
      kind: 'implied',
      basis: 'purchase',
      dateColumns: ['Order'],
      expiresOnColumn: 'End',
    };
    const mapping = { columns: { Email: 'email' }, consent };
    const cells = { Email: 'a@x.example', Order: '2026-01-02', End: '2026-12-31' };
    expect(read(mapping, cells).row.grant).toEqual({
      kind: 'implied',
      basis: 'purchase',
      date: '2026-01-02',
      expiresOn: '2026-12-31',
    });
    const unreadable = read(mapping, { ...cells, End: 'never' }).row;
    expect([unreadable.grant, unreadable.remark]).toEqual([undefined, 'consent-date-unreadable']);
  });
});

describe('what else a row says', () => {
  it.each([
    ['FR', 'fr', undefined],
    ['fr_ca', 'fr-CA', undefined],
    ['Français', 'fr', undefined],
    ['', undefined, undefined],
    ['le patois', undefined, 'language-unknown'],
  ])('reads the language %j as %s', (text, language, remark) => {
    const mapping = { columns: { Email: 'email', Langue: 'language' } };
    const { row } = read(mapping, { Email: 'a@x.example', Langue: text });
    expect([row.language, row.remark]).toEqual([language, remark]);
  });

  it('takes the present for a moment that has not come yet', () => {
    const mapping = { columns: { Email: 'email', Left: 'unsubscribedAt' }, state: 'unsubscribed' };
    const { row } = read(mapping, { Email: 'a@x.example', Left: '2026-11-26 04:00:57' });
    expect([row.suppressedAt, row.remark]).toEqual([CLOCK.now, 'time-in-future']);
  });
});
