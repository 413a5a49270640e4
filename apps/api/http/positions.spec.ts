import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountId, type Position } from '#domain/kernel/index';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type RunningApi } from '../testing/running-api.ts';
import { AccountTokens } from './tokens/account-tokens.ts';

let api: RunningApi;
let tenant: Tenant;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
});
afterAll(() => api.close());

const createList = () =>
  api.call({ method: 'POST', url: '/v1/lists', key: tenant.key, body: { name: { en: 'News' } } });

describe('positions and cursors (A-14, A-15)', () => {
  it('read your writes with ?after=', async () => {
    const list = await createList();
    const after = list.headers['x-position'];
    const lists = await api.call({ url: `/v1/lists?limit=500&after=${after}`, key: tenant.key });
    expect(lists.body.items).toContainEqual(list.body);
  });

  it('never look the same twice', async () => {
    const url = `/v1/lists/${(await createList()).body.id}`;
    const first = await api.call({ url, key: tenant.key });
    const second = await api.call({ url, key: tenant.key });
    expect(first.headers['x-position']).not.toBe(second.headers['x-position']);
  });

  it('are of no use to another account, nor as something else', async () => {
    const other = await openTenant(api);
    await createList();
    const list = await createList();
    const after = list.headers['x-position'];
    const page = await api.call({ url: `/v1/lists?limit=1&after=${after}`, key: tenant.key });
    const cursor = page.body.next;
    const tries: [string, string, string][] = [
      [other.key, `/v1/lists?after=${after}`, 'invalid-position'],
      [tenant.key, '/v1/lists?after=Zm9yZ2Vk', 'invalid-position'],
      [tenant.key, `/v1/lists?after=${cursor}`, 'invalid-position'],
      [other.key, `/v1/lists?cursor=${cursor}`, 'invalid-cursor'],
      [tenant.key, `/v1/forms?cursor=${cursor}`, 'invalid-cursor'],
      [tenant.key, `/v1/lists?cursor=${after}`, 'invalid-cursor'],
    ];
    for (const [key, url, code] of tries) {
      const answer = await api.call({ key, url });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    }
  });

  it('are of no use in another log, such as the one that a copy of the ledger is', async () => {
    const { eventLog, keyring } = api.engines;
    const identity = { ...(await eventLog.identity()), logId: randomUUID() };
    const elsewhere = new AccountTokens({
      keyring,
      eventLog: { identity: () => Promise.resolve(identity) },
    });
    const position = '0'.repeat(32) as Position;
    const after = await elsewhere.sealPosition(AccountId.parse(tenant.accountId), position);
    for (const path of ['events', 'lists']) {
      const answer = await api.call({ key: tenant.key, url: `/v1/${path}?after=${after}` });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-position']);
    }
    const accountId = AccountId.parse(tenant.accountId);
    await createList();
    const made = (await createList()).headers['x-position'];
    const page = await api.call({ key: tenant.key, url: `/v1/lists?limit=1&after=${made}` });
    const list = `list:${accountId}`;
    const here = new AccountTokens({ keyring, eventLog });
    const end = await here.openCursor(accountId, list, page.body.next);
    const cursor = await elsewhere.sealCursor(accountId, list, end);
    const answer = await api.call({ key: tenant.key, url: `/v1/lists?cursor=${cursor}` });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-cursor']);
    expect(answer.body.detail).toContain('before the ledger was moved');
  });

  it('page through everything once', async () => {
    const { key } = await openTenant(api);
    const made: string[] = [];
    let after = '';
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const list = await api.call({
        method: 'POST',
        url: '/v1/lists',
        key,
        body: { name: { en: name } },
      });
      made.push(list.body.id);
      after = String(list.headers['x-position']);
    }
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page = await api.call({ key, url: `/v1/lists?limit=2&after=${after}${cursor}` });
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      if (page.body.next === null) break;
      cursor = `&cursor=${page.body.next}`;
    }
    expect(seen).toEqual(made);
  });

  it.each(['limit=501', 'limit=0', 'limit=x', 'limits=5'])('refuse ?%s (400)', async (query) => {
    const answer = await api.call({ key: tenant.key, url: `/v1/lists?${query}` });
    expect(answer.status).toBe(400);
  });
});
