import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civilDateIn, instantOf, plusMonths, type CivilDate } from '#domain/kernel/index';
import type { Answer } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { startProduct, type RunningProgram } from './support/program.ts';
import { Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

describe('what an import has to show of the consents that it claims', () => {
  let directory: string;
  let product: RunningProgram;
  let publisher: Publisher;

  beforeAll(async () => {
    directory = await newDataDirectory();
    product = await startProduct(directory);
    publisher = await Publisher.open(product);
  }, 60_000);
  afterAll(async () => {
    await product.stop();
    await removeDataDirectory(directory);
  });

  const mapping = (consent: object) => ({
    columns: { Email: 'email' },
    listIds: [publisher.listId],
    consent: { kind: 'implied', dateColumns: ['Date'], ...consent },
  });
  /** The rows of an import, as its report has them. */
  const rowsOf = async (file: string, consent: object): Promise<Answer['body'][]> => {
    const id = await publisher.upload(file, mapping(consent));
    expect(await publisher.imported(id)).toMatchObject({ status: 'completed' });
    const { text } = await publisher.client.get(`/v1/imports/${id}/rows`);
    return text
      .trim()
      .split('\n')
      .map((line): Answer['body'] => JSON.parse(line));
  };
  const refusalOf = async (consent: object): Promise<[number, string, string]> => {
    const query = new URLSearchParams({ mapping: JSON.stringify(mapping(consent)) });
    const { status, body } = await publisher.client.call(
      'POST',
      `/v1/imports?${query.toString()}`,
      { body: 'Email,Date\n', headers: { 'content-type': 'text/csv' } },
    );
    return [status, body.code, body.detail];
  };
  /** Its consents are in force: one that has ended is not shown any more once the clock has recorded that. */
  const today = civilDateIn('America/Toronto', instantOf(Date.now()));
  const lastMonth = `${plusMonths(today, -1).slice(0, 8)}02` as CivilDate;
  const consentOf = async (id: string): Promise<unknown> =>
    (await publisher.client.get(`/v1/recipients/${id}`)).body.consent;

  const PUBLISHED = {
    basis: 'published-address',
    evidence: { relevance: 'Buyers of paper' },
    evidenceColumns: { url: 'Page', snapshotHash: 'Hash', noRefusalChecked: 'Checked' },
  };

  it('IMP-3: each row has its basis: express with its own date, implied until an end, or none', async () => {
    const proof = { method: 'paper', source: 'fair', attestedBy: 'Officer' };
    const [date, end] = [lastMonth, plusMonths(lastMonth, 3)];
    const bases: readonly (readonly [string, object, object])[] = [
      [
        'express',
        { kind: 'express', ...proof, url: 'https://phare.example/fair' },
        { kind: 'express', date },
      ],
      [
        'computed',
        { basis: 'purchase' },
        { kind: 'implied', basis: 'purchase', lastDay: plusMonths(date, 24) },
      ],
      [
        'given',
        { basis: 'purchase', expiresOnColumn: 'End' },
        { kind: 'implied', basis: 'purchase', lastDay: end },
      ],
    ];
    for (const [name, consent, recorded] of bases) {
      const file = `Email,Date,End\n${name}@basis.example,${date},${end}\n`;
      const [row] = await rowsOf(file, consent);
      expect([name, row.outcome, row.code]).toEqual([name, 'created', undefined]);
      expect(await consentOf(row.recipientId)).toMatchObject(recorded);
      expect(await publisher.explain(row.recipientId)).toMatchObject({ allow: true });
    }
    const none = { columns: { Email: 'email' }, consent: { kind: 'none' } };
    await publisher.import('Email\nnone@basis.example\n', none);
    const found = await until('the person', () => publisher.find('none@basis.example'));
    expect(await consentOf(found.id)).toEqual({ kind: 'none' });
    expect(await publisher.explain(found.id)).toMatchObject({ allow: false });
  });

  it('C-07: rejects the row of a published address without its evidence, and takes the others', async () => {
    const file = [
      'Email,Date,Page,Hash,Checked',
      'whole@role.example,2026-05-04,https://role.example/team,0af1,yes',
      'nohash@role.example,2026-05-04,https://role.example/team,,yes',
      'unchecked@role.example,2026-05-04,https://role.example/team,0af1,no',
      'bare@role.example,2026-05-04,,,',
    ].join('\n');
    const rows = await rowsOf(file, PUBLISHED);
    expect(rows.map(({ outcome, code }) => code ?? outcome)).toEqual([
      'created',
      'evidence-missing',
      'evidence-missing',
      'evidence-missing',
    ]);
    expect(await consentOf(rows[0].recipientId)).toMatchObject({ basis: 'published-address' });
    expect(await publisher.find('bare@role.example')).toBeUndefined();
    const [{ evidence }] = (await publisher.timeline(rows[0].recipientId)).filter(
      ({ type }) => type === 'ImpliedConsentRecorded',
    );
    expect(evidence).toMatchObject({ url: 'https://role.example/team', noRefusalChecked: true });
  });

  it('C-08: keeps an implied row without a date, without consent; report and explain say why', async () => {
    const [row] = await rowsOf('Email,Date\nundated@role.example,\n', { basis: 'purchase' });
    expect(row).toMatchObject({ outcome: 'created', code: 'consent-date-missing' });
    expect(row.message).toContain('C-08');
    expect(await consentOf(row.recipientId)).toEqual({ kind: 'none' });
    const { allow, reasons } = await publisher.explain(row.recipientId);
    const claimed = (await publisher.timeline(row.recipientId)).find(
      ({ type }) => type === 'ConsentClaimRejected',
    );
    expect(allow).toBe(false);
    expect(reasons.flatMap(({ eventIds }: { eventIds: string[] }) => eventIds)).toContain(
      claimed?.eventId,
    );
  });

  it('C-19: keeps an employee without proof of employment, without consent; explain names the evidence', async () => {
    const [row] = await rowsOf('Email,Date\nclerk@role.example,2026-02-02\n', {
      basis: 'employee',
    });
    expect(row).toMatchObject({ outcome: 'created', code: 'consent-evidence-missing' });
    const { allow, reasons } = await publisher.explain(row.recipientId);
    const missing = reasons.find(({ code }: { code: string }) => code === 'evidence-missing');
    expect([allow, missing?.rule]).toEqual([false, 'C-08']);
    expect(missing?.text.fr).toContain('la preuve de l’emploi');
  });

  it('C-11: shortens an end that is later than the law’s, and says so', async () => {
    const date = lastMonth;
    const [row] = await rowsOf(`Email,Date,End\nlong@role.example,${date},2040-01-01\n`, {
      basis: 'inquiry',
      expiresOnColumn: 'End',
    });
    expect(row).toMatchObject({ outcome: 'created', code: 'expiry-later-than-law' });
    expect(await consentOf(row.recipientId)).toMatchObject({ lastDay: plusMonths(date, 6) });
  });

  it('the same file once more writes nothing', async () => {
    const file = 'Email,Date\nonce@role.example,\n';
    const [row] = await rowsOf(file, { basis: 'purchase' });
    const { length } = await publisher.timeline(row.recipientId);
    expect(await rowsOf(file, { basis: 'purchase' })).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await publisher.timeline(row.recipientId)).toHaveLength(length);
  });

  it.each([
    ['C-09', { kind: 'third-party' }, 'third-party-consent', /C-09/],
    ['C-06', { basis: 'membership' }, 'basis-not-available', /C-06/],
    ['C-05', { label: 'supplier' }, 'label-without-basis', /contract, organisation-relationship/],
    ['an unknown basis', { basis: 'friendship' }, 'unknown-basis', /purchase/],
  ])('%s: refuses the file before a byte is kept', async (_id, consent, code, says) => {
    const [status, told, detail] = await refusalOf(consent);
    expect([status, told]).toEqual([422, code]);
    expect(detail).toMatch(says);
  });
});
