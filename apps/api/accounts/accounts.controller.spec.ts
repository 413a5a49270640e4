import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATOR_KEY, runApi, type RunningApi } from '../testing/running-api.ts';
import { accountBody, issueKey, openTenant } from '../testing/accounts.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
});
afterAll(() => api.close());

const asOperator = { key: OPERATOR_KEY } as const;

describe('accounts of the operator', () => {
  it('are opened, read, changed and listed', async () => {
    const opened = await api.call({
      ...asOperator,
      method: 'POST',
      url: '/v1/accounts',
      body: accountBody(),
    });
    expect(opened.status).toBe(201);
    const { id } = opened.body;
    expect(opened.headers.location).toBe(`/v1/accounts/${id}`);
    expect(opened.headers.etag).toBe('"0"');

    const changed = await api.call({
      ...asOperator,
      method: 'PATCH',
      url: `/v1/accounts/${id}`,
      body: { name: 'Atelier du Sud' },
      headers: { 'if-match': '"0"' },
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ name: 'Atelier du Sud', revision: 1 });

    const after = changed.headers['x-position'];
    const listed = await api.call({ ...asOperator, url: `/v1/accounts?after=${after}` });
    expect(listed.body).toEqual({ items: [changed.body], next: null });
    const read = await api.call({ ...asOperator, url: `/v1/accounts/${id}` });
    expect(read.body).toEqual(changed.body);
  });

  it('refuse a stale If-Match with 412', async () => {
    const { accountId } = await openTenant(api);
    const answer = await api.call({
      ...asOperator,
      method: 'PATCH',
      url: `/v1/accounts/${accountId}`,
      body: { name: 'Other' },
      headers: { 'if-match': '"7"' },
    });
    expect(answer.status).toBe(412);
    expect(answer.body.code).toBe('stale');
  });

  it('refuse a body with faults, naming each (400)', async () => {
    const { name: _, ...rest } = accountBody();
    const answer = await api.call({
      ...asOperator,
      method: 'POST',
      url: '/v1/accounts',
      body: { ...rest, regimes: ['other'], colour: 'red', sender: { ...rest.sender, fax: '1' } },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ code: 'invalid-request', status: 400 });
    expect(answer.body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: 'name', code: 'missing' }),
        expect.objectContaining({ path: 'regimes', code: 'not-a-choice' }),
        expect.objectContaining({ path: 'colour', code: 'unknown-field' }),
        expect.objectContaining({ path: 'sender.fax', code: 'unknown-field' }),
      ]),
    );
  });
});

describe('API keys (ACC-6)', () => {
  it('work at once, within their scopes, until they are revoked', async () => {
    const { accountId, key } = await openTenant(api, ['content']);
    expect((await api.call({ key, url: '/v1/lists' })).status).toBe(200);
    const outside = await api.call({ key, url: '/v1/recipients' });
    expect(outside.status).toBe(403);
    expect(outside.body.code).toBe('scope-missing');

    const keys = `/v1/accounts/${accountId}/api-keys`;
    const issued = await api.call({
      ...asOperator,
      method: 'POST',
      url: keys,
      body: { name: 'b', scopes: ['*'] },
    });
    expect(issued.body.key).toMatch(/^att_[0-9a-z]{26}_[0-9A-Za-z]{36}$/);
    expect((await api.call({ key: issued.body.key, url: '/v1/account' })).status).toBe(200);
    const revoked = await api.call({
      ...asOperator,
      method: 'DELETE',
      url: `${keys}/${issued.body.id}`,
    });
    expect(revoked.status).toBe(204);
    expect((await api.call({ key: issued.body.key, url: '/v1/account' })).status).toBe(401);

    const after = revoked.headers['x-position'];
    const listed = await api.call({ ...asOperator, url: `${keys}?after=${after}` });
    expect(listed.body.items).toContainEqual({
      id: issued.body.id,
      name: 'b',
      scopes: ['*'],
      status: 'revoked',
    });
    expect(listed.text).not.toContain(issued.body.key.slice(31));
  });

  it('refuse scopes that there are not (400)', async () => {
    const { accountId } = await openTenant(api);
    const answer = await api.call({
      ...asOperator,
      method: 'POST',
      url: `/v1/accounts/${accountId}/api-keys`,
      body: { name: 'x', scopes: ['everything'] },
    });
    expect(answer.status).toBe(400);
  });

  it('refuse a key with a typing error, a wrong secret and none at all in the same words (401)', async () => {
    const { accountId } = await openTenant(api);
    const key = await issueKey(api, accountId, ['*']);
    const typo = `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`;
    const answers = [
      await api.call({ url: '/v1/account' }),
      await api.call({ url: '/v1/account', key: typo }),
      await api.call({ url: '/v1/account', key: `${OPERATOR_KEY}x` }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.headers['www-authenticate']).toBe('Bearer');
  });
});

describe('the account of a key', () => {
  it('is read and changed by the key itself', async () => {
    const { accountId, key } = await openTenant(api, ['account']);
    const changed = await api.call({
      key,
      method: 'PATCH',
      url: '/v1/account',
      body: { timeZone: 'Europe/Paris' },
    });
    expect(changed.body).toMatchObject({ id: accountId, timeZone: 'Europe/Paris' });
    expect((await api.call({ key, url: '/v1/account' })).body).toEqual(changed.body);
    const wrong = await api.call({
      key,
      method: 'PATCH',
      url: '/v1/account',
      body: { timeZone: 7 },
    });
    expect(wrong.status).toBe(400);
  });

  it('CON-4: says how consent is asked for, and changes it as a whole', async () => {
    const { key } = await openTenant(api);
    const patch = (consentRequests: object) =>
      api.call({ key, method: 'PATCH', url: '/v1/account', body: { consentRequests } });
    const usual = { daysBefore: [60, 30, 7], blockFromDays: 90 };
    const read = await api.call({ key, url: '/v1/account' });
    expect(read.body.consentRequests).toEqual(usual);

    const wordingId = await newWording(key, { fr: 'Oui.', en: 'Yes.' });
    const changed = await patch({ wordingId, daysBefore: [] });
    expect(changed.body.consentRequests).toEqual({ wordingId, daysBefore: [], blockFromDays: 90 });
    expect((await patch({ blockFromDays: 0 })).body.consentRequests).toEqual({
      ...usual,
      blockFromDays: 0,
    });
  });

  it('CON-4, C-17: refuses days that are none and wordings that nobody can be asked by', async () => {
    const { key } = await openTenant(api);
    const patch = (consentRequests: object) =>
      api.call({ key, method: 'PATCH', url: '/v1/account', body: { consentRequests } });
    for (const wrong of [{ daysBefore: [7, 7] }, { daysBefore: [0] }, { blockFromDays: 366 }]) {
      expect((await patch(wrong)).status).toBe(400);
    }
    const foreign = await newWording((await openTenant(api)).key, { fr: 'Oui.', en: 'Yes.' });
    for (const wordingId of [foreign, 'wrd_00000000000000000000000001']) {
      expect((await patch({ wordingId })).body).toMatchObject({
        code: 'unknown-wording',
        errors: [{ path: 'consentRequests.wordingId' }],
      });
    }
    const onlyFrench = await newWording(key, { fr: 'Oui.' });
    expect((await patch({ wordingId: onlyFrench })).body.code).toBe('wording-text-missing');
  });
});

const newWording = async (key: string, texts: object): Promise<string> => {
  const body = { purpose: { fr: 'nouvelles', en: 'news' }, texts };
  return String((await api.call({ key, method: 'POST', url: '/v1/wordings', body })).body.id);
};
