import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueKey, openTenant, type Tenant } from '../testing/accounts.ts';
import { AccountId } from '#domain/kernel/index';
import { clockNow, systemCommand } from '../testing/system-command.ts';
import { runApi, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
let list: string;
let count = 0;

beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
  list = (await post('/v1/lists', { name: { en: 'News' } })).body.id;
});
afterAll(() => api.close());

const post = (url: string, body: unknown) =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const put = (url: string, body: unknown) => api.call({ method: 'PUT', url, key: tenant.key, body });
const get = (url: string) => api.call({ url, key: tenant.key });
const email = (): string => `evidence${String((count += 1))}@example.org`;
const added = async (more = {}): Promise<string> =>
  (await post('/v1/recipients', { email: email(), listIds: [list], ...more })).body.id;
const purchase = {
  kind: 'implied',
  basis: 'purchase',
  date: '2026-03-31',
  evidence: { reference: 'INV-7' },
};

describe('C-07, C-19: a consent needs the evidence of its basis', () => {
  it.each([
    ['express', { kind: 'express', date: '2026-01-15', method: 'web form', source: 'shop' }],
    ['purchase', { ...purchase, evidence: undefined }],
    ['published-address', { ...purchase, basis: 'published-address', evidence: { url: 'x' } }],
    ['employee', { ...purchase, basis: 'employee', evidence: { relevance: 'x' } }],
  ])('%s without it is refused by every route, and nothing is written', async (_kind, consent) => {
    const id = await added();
    const head = await api.engines.ledger.head();
    const answers = [
      await post(`/v1/recipients/${id}/consents`, consent),
      await post('/v1/recipients', { email: email(), consent }),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code, body.errors[0].path]).toEqual([
        422,
        'evidence-missing',
        'consent.evidence',
      ]);
    }
    const batch = await post('/v1/recipients/batch', [{ email: email(), consent }]);
    expect(batch.body.items[0]).toMatchObject({ outcome: 'refused', code: 'evidence-missing' });
    expect(await api.engines.ledger.head()).toBe(head);
  });

  it('names what to show', async () => {
    const id = await added();
    const { body } = await post(`/v1/recipients/${id}/consents`, {
      ...purchase,
      basis: 'published-address',
      evidence: { url: 'https://x.example', relevance: 'buyer of paper' },
    });
    expect(body.detail).toMatch(/snapshotHash.*noRefusalChecked/);
    expect(body.detail).not.toMatch(/\(relevance\)/);
  });

  it('C-05: a label of the business is refused with the bases that can stand behind it', async () => {
    const id = await added();
    const url = `/v1/recipients/${id}/consents`;
    const head = await api.engines.ledger.head();
    for (const basis of [undefined, 'purchase']) {
      const { status, body } = await post(url, { ...purchase, label: 'supplier', basis });
      expect([status, body.code]).toEqual([422, 'label-without-basis']);
      expect(body.detail).toMatch(/contract, organisation-relationship|contract/);
    }
    expect(await api.engines.ledger.head()).toBe(head);
    const contract = await post(url, { ...purchase, label: 'supplier', basis: 'contract' });
    expect(contract.status).toBe(200);
  });

  it('C-05: a text that is no basis is refused by the rule, with what to give instead', async () => {
    const id = await added();
    const url = `/v1/recipients/${id}/consents`;
    const head = await api.engines.ledger.head();
    for (const [basis, code, says] of [
      ['friendship', 'unknown-basis', /^Give one of: purchase, .*\(C-05\)/],
      ['referral', 'unknown-basis', /never for a message to a list.*\(C-05\)/],
      [{ toString: 1 }, 'unknown-basis', /^Give one of/],
      ['supplier', 'label-without-basis', /barter, contract, organisation-relationship \(C-05\)/],
    ] as const) {
      const { status, body } = await post(url, { ...purchase, basis });
      expect([status, body.code, body.errors[0].code]).toEqual([422, code, code]);
      expect(body.detail).toMatch(says);
      expect(body.errors[0].path).toBe('basis');
    }
    expect(await api.engines.ledger.head()).toBe(head);
  });

  it.each([
    ['erased', 409],
    ['unknown-wording', 422],
    ['unknown-form', 422],
    ['unknown-import', 422],
    ['consent-date-in-future', 422],
    ['basis-not-available', 422],
  ])('bad input: %s', async (code, status) => {
    const id = await added();
    if (code === 'erased') await post(`/v1/recipients/${id}/erase`, { reason: 'asked' });
    const body = {
      'unknown-wording': { ...purchase, wordingId: 'wrd_01jd0000000000000000000000' },
      'unknown-form': { ...purchase, evidence: { formId: 'form_01jd0000000000000000000000' } },
      'unknown-import': { ...purchase, evidence: { importId: 'imp_01jd0000000000000000000000' } },
      'consent-date-in-future': { ...purchase, date: '2999-01-01' },
      'basis-not-available': { ...purchase, basis: 'membership' },
    }[code];
    const head = await api.engines.ledger.head();
    const answer = await post(`/v1/recipients/${id}/consents`, body ?? purchase);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await api.engines.ledger.head()).toBe(head);
  });
});

describe('C-11: an end later than the law gives', () => {
  it('is shortened, and said by each route', async () => {
    const consent = { ...purchase, expiresOn: '2030-01-01' };
    const id = await added();
    const remark = { path: 'expiresOn', code: 'expiry-later-than-law' };
    const one = await post(`/v1/recipients/${id}/consents`, consent);
    expect(one.body).toMatchObject({ consent: { lastDay: '2028-03-31' }, remarks: [remark] });
    expect(one.body.remarks[0].message).toContain('2028-03-31');
    const other = await post('/v1/recipients', { email: email(), consent });
    expect(other.body).toMatchObject({
      consent: { lastDay: '2028-03-31' },
      remarks: [{ ...remark, path: 'consent.expiresOn' }],
    });
    const batch = await post('/v1/recipients/batch', [{ email: email(), consent }]);
    expect(batch.body.items[0]).toMatchObject({ outcome: 'created', code: remark.code });
    expect((await get(`/v1/recipients/${id}`)).body).not.toHaveProperty('remarks');
  });
});

describe('C-29: the consents of a recipient', () => {
  it('are all listed, each as it stands, and reading writes nothing', async () => {
    const id = await added({ consent: { ...purchase, date: '2020-01-01' } });
    await post(`/v1/recipients/${id}/consents`, {
      ...purchase,
      basis: 'inquiry',
      date: '2026-01-02',
    });
    await post(`/v1/recipients/${id}/consents`, purchase);
    const head = await api.engines.ledger.head();
    const { body } = await get(`/v1/recipients/${id}/consents`);
    expect(await api.engines.ledger.head()).toBe(head);
    expect(body.items).toMatchObject([
      { basis: 'purchase', date: '2026-03-31', state: 'current', lastDay: '2028-03-31' },
      { basis: 'inquiry', date: '2026-01-02', lastDay: '2026-07-02', state: 'expired' },
      { basis: 'purchase', date: '2020-01-01', state: 'superseded' },
    ]);
    await post(`/v1/recipients/${id}/consents/withdraw`, {});
    const after = await get(`/v1/recipients/${id}/consents`);
    expect(after.body.items.map(({ state }: { state: string }) => state)).toEqual([
      'withdrawn',
      'withdrawn',
      'superseded',
    ]);
  });
});

describe('P-18, P-20: tracking', () => {
  it('is aggregate for whoever is new, and changes by a consent of its own', async () => {
    const id = await added({ privacyBasis: { kind: 'express' } });
    const url = `/v1/recipients/${id}/tracking`;
    expect((await get(`/v1/recipients/${id}`)).body.tracking).toBe('aggregate');
    const bare = await put(url, { mode: 'individual', date: '2026-02-01', method: 'web form' });
    expect([bare.status, bare.body.code]).toEqual([422, 'evidence-missing']);
    const proved = { date: '2026-02-01', method: 'web form', evidence: { reference: 'T-1' } };
    const given = await put(url, { mode: 'individual', ...proved });
    expect(given.body).toMatchObject({ tracking: 'individual', consent: { kind: 'none' } });
    const off = await put(url, { mode: 'off' });
    expect([off.status, off.body.tracking]).toEqual([200, 'off']);
    expect((await put(url, { mode: 'aggregate', method: 'x' })).status).toBe(400);
    expect((await put(url, { mode: 'individual' })).status).toBe(400);
    expect((await put(url, { mode: 'all' })).status).toBe(400);
  });
});

describe('C-27: reactivation after a complaint', () => {
  it('is for a key that may do everything, and says so', async () => {
    const id = await added();
    const at = clockNow();
    const complaint = {
      type: 'RecordComplaint',
      ...at,
      source: 'operator',
      since: at.now,
    } as const;
    await systemCommand(api, AccountId.parse(tenant.accountId), id, complaint);
    expect((await get(`/v1/recipients/${id}`)).body.status).toBe('complained');
    const url = `/v1/recipients/${id}/reactivate`;
    const { warningId: acknowledgedWarningId } = (await get(url)).body;
    const consent = { ...purchase, date: at.today };
    const body = { acknowledgedWarningId, reason: 'called', consent };
    const member = await issueKey(api, tenant.accountId, ['recipients:write', 'recipients:read']);
    const refused = await api.call({ method: 'POST', url, key: member, body });
    expect([refused.status, refused.body.code]).toEqual([403, 'admin-needed']);
    const done = await post(url, body);
    expect([done.status, done.body.status]).toEqual([200, 'active']);
  });
});
