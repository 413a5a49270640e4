import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as timer } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { outage, ServerAway, type Outage } from '#libs/projecting/testing/outage';
import { embeddedRequestStore } from '#libs/requests/embedded/index';
import { ABANDONED_AFTER, type RequestStore } from '#libs/requests/index';
import { openTenant, type Tenant } from '../../testing/accounts.ts';
import { OPERATOR_KEY, runApi, type RunningApi } from '../../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
});
afterAll(() => api.close());

const send = (key: string, idempotencyKey: string, url: string, body: unknown, at = api) =>
  at.call({ method: 'POST', url, key, body, headers: { 'idempotency-key': idempotencyKey } });
const news = { name: { en: 'News' } };

describe('Idempotency-Key', () => {
  it('gives the same answer once more and writes nothing twice', async () => {
    const first = await send(tenant.key, 'k1', '/v1/lists', news);
    const again = await send(tenant.key, 'k1', '/v1/lists', news);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.headers.location).toBe(first.headers.location);
    const after = again.headers['x-position'];
    const lists = await api.call({ key: tenant.key, url: `/v1/lists?after=${after}` });
    expect(lists.body.items).toHaveLength(1);
  });

  it('refuses the same key with another body (422)', async () => {
    await send(tenant.key, 'k2', '/v1/lists', news);
    const other = await send(tenant.key, 'k2', '/v1/lists', { name: { en: 'Other' } });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('keeps refusals too', async () => {
    const url = '/v1/recipients';
    const body = { email: 'left@example.org' };
    const { id } = (await send(tenant.key, 'k3', url, body)).body;
    await send(tenant.key, 'k4', `${url}/${id}/unsubscribe`, { scope: 'all' });
    const refused = await send(tenant.key, 'k5', url, body);
    expect([refused.status, refused.body.code]).toEqual([409, 'unsubscribed-all']);
    expect((await send(tenant.key, 'k5', url, body)).body).toEqual(refused.body);
    expect((await send(tenant.key, 'k3', url, body)).status).toBe(201);
  });

  it('is one account’s own, and one address’s', async () => {
    const other = await openTenant(api);
    const mine = await send(tenant.key, 'k6', '/v1/lists', news);
    const theirs = await send(other.key, 'k6', '/v1/lists', { name: { en: 'Theirs' } });
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
    const wording = await send(tenant.key, 'k6', '/v1/wordings', {
      purpose: 'p',
      texts: { en: 'Yes' },
    });
    expect(wording.status).toBe(201);
  });

  it('answers 409 while the first is under way', async () => {
    const both = await Promise.all([
      send(tenant.key, 'k7', '/v1/lists', news),
      send(tenant.key, 'k7', '/v1/lists', news),
    ]);
    const statuses = both.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('in-progress');
  });

  it('shows a key once more, the same one', async () => {
    const url = `/v1/accounts/${tenant.accountId}/api-keys`;
    const body = { name: 'n', scopes: ['*'] };
    const first = await send(OPERATOR_KEY, 'k8', url, body);
    expect((await send(OPERATOR_KEY, 'k8', url, body)).body).toEqual(first.body);
  });

  it('does not do it twice when the process fell over before it could note the answer', async () => {
    const forgetful: RequestStore = {
      claim: async () => ({ outcome: 'claimed' }),
      keep: async () => undefined,
      release: async () => undefined,
      close: async () => undefined,
    };
    const fallible = await runApi({ requests: forgetful });
    const { key, accountId } = await openTenant(fallible);
    const twice = async (url: string, body: unknown, by = key) => [
      await send(by, 'once', url, body, fallible),
      await send(by, 'once', url, body, fallible),
    ];
    const bodies: [string, unknown, string?][] = [
      ['/v1/lists', news],
      ['/v1/recipients', { email: 'one@example.org' }],
      ['/v1/recipients/batch', [{ email: 'two@example.org' }, { email: 'three@example.org' }]],
      [`/v1/accounts/${accountId}/api-keys`, { name: 'n', scopes: ['*'] }, OPERATOR_KEY],
    ];
    for (const [url, body, by] of bodies) {
      const [first, again] = await twice(url, body, by);
      expect(again?.status).toBe(first?.status);
      expect(again?.body).toEqual(first?.body);
    }
    const recipients = await fallible.call({ key, url: '/v1/recipients?email=one%40example.org' });
    expect(recipients.body.items[0].revision).toBe(0);
    await fallible.close();
  });

  describe('after an outage', () => {
    let directory: string;
    let requests: RequestStore;
    let server: Outage;
    let fallible: RunningApi;
    beforeEach(async () => {
      directory = await mkdtemp(path.join(tmpdir(), 'attesta-requests-'));
      requests = embeddedRequestStore({ directory });
      server = outage();
      fallible = await runApi({ requests: server.over(requests) });
    });
    afterEach(async () => {
      await fallible.close();
      await requests.close();
      await rm(directory, { recursive: true });
    });

    /** Long before the claim would count as abandoned. */
    const answered = async (key: string) => {
      const deadline = AbortSignal.timeout(ABANDONED_AFTER / 3);
      for (;;) {
        const answer = await send(key, 'k', '/v1/lists', news, fallible);
        if (answer.status !== 409) return answer;
        deadline.throwIfAborted();
        await timer(20);
      }
    };
    const listed = async (key: string, after: unknown) =>
      (await fallible.call({ key, url: `/v1/lists?after=${String(after)}` })).body.items;

    it('carries out a repeat soon, where the key could not be let go of', async () => {
      const { key } = await openTenant(fallible);
      const { ledger } = fallible.engines;
      const { append } = ledger;
      let written = 0;
      ledger.append = async (...given) => {
        await append(...given);
        written += 1;
        // What was written is not known to who asked.
        server.begin();
        throw new ServerAway();
      };
      expect((await send(key, 'k', '/v1/lists', news, fallible)).status).toBe(503);
      ledger.append = append;
      server.end();
      const { status, headers } = await answered(key);
      expect([status, written]).toEqual([201, 1]);
      expect(await listed(key, headers['x-position'])).toHaveLength(1);
    });

    it('carries out a repeat soon, where it is not known whether the key was taken', async () => {
      const { key } = await openTenant(fallible);
      server.loseAnswers(1);
      expect((await send(key, 'k', '/v1/lists', news, fallible)).status).toBe(503);
      const { status, headers } = await answered(key);
      expect(status).toBe(201);
      expect(await listed(key, headers['x-position'])).toHaveLength(1);
    });
  });

  it('erases once: whoever came back since keeps what they left (P-28)', async () => {
    const forgetful: RequestStore = {
      claim: async () => ({ outcome: 'claimed' }),
      keep: async () => undefined,
      release: async () => undefined,
      close: async () => undefined,
    };
    const fallible = await runApi({ requests: forgetful });
    const { key } = await openTenant(fallible);
    const made = async (url: string, body: unknown): Promise<string> =>
      (await fallible.call({ method: 'POST', url, key, body })).body.id;
    const listId = await made('/v1/lists', news);
    const texts = { en: 'Yes', fr: 'Oui' };
    const wordingId = await made('/v1/wordings', { purpose: 'p', texts });
    const terms = { name: 'Home', listIds: [listId], wordingId, optIn: 'double' };
    const formId = await made('/v1/forms', terms);
    const body = { email: 'back@example.org' };
    const id = await made('/v1/recipients', body);
    const erase = () => send(key, 'gone', `/v1/recipients/${id}/erase`, { reason: 'r' }, fallible);
    expect((await erase()).status).toBe(202);
    const form = { ...body, consent: true };
    const back = await fallible.call({ method: 'POST', url: `/f/${formId}`, body: form });
    expect(back.status).toBe(200);
    expect((await erase()).status).toBe(202);
    const { email } = (await fallible.call({ key, url: `/v1/recipients/${id}` })).body;
    expect(email).toBe(body.email);
    await fallible.close();
  });

  it('gives nothing of a person away after their erasure', async () => {
    const body = { email: 'gone@example.org' };
    const { id } = (await send(tenant.key, 'k9', '/v1/recipients', body)).body;
    await send(tenant.key, 'k10', `/v1/recipients/${id}/erase`, { reason: 'asked' });
    const again = await send(tenant.key, 'k9', '/v1/recipients', body);
    expect([again.status, again.body.code]).toEqual([410, 'answer-gone']);
    const erased = await send(tenant.key, 'k10', `/v1/recipients/${id}/erase`, { reason: 'asked' });
    expect(erased.status).toBe(202);
  });

  it('refuses a key that is none (400)', async () => {
    const answer = await send(tenant.key, 'with space', '/v1/lists', news);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-idempotency-key']);
  });
});
