import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { AccountId, type Position } from '#domain/kernel/index';
import { openTenant } from '../testing/accounts.ts';
import { AccountTokens } from './tokens/account-tokens.ts';
import { useTenantScene } from '../testing/tenant-scene.ts';

const scene = useTenantScene();

describe('positions and cursors (A-14, A-15)', () => {
  it('read your writes with ?after=', async () => {
    const list = await scene.createList();
    const after = list.headers['x-position'];
    const lists = await scene.api.call({
      url: `/v1/lists?limit=500&after=${after}`,
      key: scene.tenant.key,
    });
    expect(lists.body.items).toContainEqual(list.body);
  });

  it('never look the same twice', async () => {
    const url = `/v1/lists/${(await scene.createList()).body.id}`;
    const first = await scene.api.call({ url, key: scene.tenant.key });
    const second = await scene.api.call({ url, key: scene.tenant.key });
    expect(first.headers['x-position']).not.toBe(second.headers['x-position']);
  });

  it('are of no use to another account, nor as something else', async () => {
    const other = await openTenant(scene.api);
    await scene.createList();
    const list = await scene.createList();
    const after = list.headers['x-position'];
    const page = await scene.api.call({
      url: `/v1/lists?limit=1&after=${after}`,
      key: scene.tenant.key,
    });
    const cursor = page.body.next;
    const tries: [string, string, string][] = [
      [other.key, `/v1/lists?after=${after}`, 'invalid-position'],
      [scene.tenant.key, '/v1/lists?after=Zm9yZ2Vk', 'invalid-position'],
      [scene.tenant.key, `/v1/lists?after=${cursor}`, 'invalid-position'],
      [other.key, `/v1/lists?cursor=${cursor}`, 'invalid-cursor'],
      [scene.tenant.key, `/v1/forms?cursor=${cursor}`, 'invalid-cursor'],
      [scene.tenant.key, `/v1/lists?cursor=${after}`, 'invalid-cursor'],
    ];
    for (const [key, url, code] of tries) {
      const answer = await scene.api.call({ key, url });
      expect([answer.status, answer.body.code]).toEqual([400, code]);
    }
  });

  it('are of no use in another log, such as the one that a copy of the ledger is', async () => {
    const { eventLog, keyring } = scene.api.engines;
    const identity = { ...(await eventLog.identity()), logId: randomUUID() };
    const elsewhere = new AccountTokens({
      keyring,
      eventLog: { identity: () => Promise.resolve(identity) },
    });
    const position = '0'.repeat(32) as Position;
    const after = await elsewhere.sealPosition(AccountId.parse(scene.tenant.accountId), position);
    for (const path of ['events', 'lists']) {
      const answer = await scene.api.call({
        key: scene.tenant.key,
        url: `/v1/${path}?after=${after}`,
      });
      expect([answer.status, answer.body.code]).toEqual([400, 'invalid-position']);
    }
    const accountId = AccountId.parse(scene.tenant.accountId);
    await scene.createList();
    const made = (await scene.createList()).headers['x-position'];
    const page = await scene.api.call({
      key: scene.tenant.key,
      url: `/v1/lists?limit=1&after=${made}`,
    });
    const list = `list:${accountId}`;
    const here = new AccountTokens({ keyring, eventLog });
    const end = await here.openCursor(accountId, list, page.body.next);
    const cursor = await elsewhere.sealCursor(accountId, list, end);
    const answer = await scene.api.call({
      key: scene.tenant.key,
      url: `/v1/lists?cursor=${cursor}`,
    });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-cursor']);
    expect(answer.body.detail).toContain('before the ledger was moved');
  });

  it('page through everything once', async () => {
    const { key } = await openTenant(scene.api);
    const made: string[] = [];
    let after = '';
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      const list = await scene.api.call({
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
      const page = await scene.api.call({ key, url: `/v1/lists?limit=2&after=${after}${cursor}` });
      seen.push(...page.body.items.map(({ id }: { id: string }) => id));
      if (page.body.next === null) break;
      cursor = `&cursor=${page.body.next}`;
    }
    expect(seen).toEqual(made);
  });

  it.each(['limit=501', 'limit=0', 'limit=x', 'limits=5'])('refuse ?%s (400)', async (query) => {
    const answer = await scene.api.call({ key: scene.tenant.key, url: `/v1/lists?${query}` });
    expect(answer.status).toBe(400);
  });
});
