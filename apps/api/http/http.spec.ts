import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountId, type Position } from '#domain/kernel/index';
import { EventLogUnavailable } from '#libs/event-log/port';
import { KeyringUnavailable } from '#libs/keyring/index';
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

const createList = (options: { body?: unknown; headers?: Record<string, string> } = {}) =>
  api.call({
    method: 'POST',
    url: '/v1/lists',
    key: tenant.key,
    body: { name: { en: 'News' } },
    ...options,
  });

describe('problems (RFC 9457)', () => {
  it.each([
    ['malformed JSON', '{"name":', 400, 'malformed-request'],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      400,
      'malformed-request',
    ],
    ['half a surrogate pair', '{"name":{"en":"\\ud800"}}', 400, 'malformed-request'],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 400, 'malformed-request'],
    ['a list instead of an object', '[]', 400, 'invalid-request'],
    ['a number instead of an object', '7', 400, 'invalid-request'],
    ['an empty body', '', 400, 'invalid-request'],
  ])('answer %s', async (_what, body, status, code) => {
    const answer = await createList({ body });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, code, type: `urn:attesta:problem:${code}` });
  });

  it('answer another type of body with 415', async () => {
    const answer = await createList({ body: 'a=b', headers: { 'content-type': 'text/plain' } });
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported-media-type']);
  });

  it('answer a body above 1 MiB with 413', async () => {
    const answer = await createList({ body: { name: { en: 'x'.repeat(1_100_000) } } });
    expect([answer.status, answer.body.code]).toEqual([413, 'body-too-large']);
  });

  it('answer an unknown address with 404, without repeating it', async () => {
    const answer = await api.call({ url: '/v1/somebody@example.org' });
    expect([answer.status, answer.body.code]).toEqual([404, 'unknown-route']);
    expect(answer.text).not.toContain('somebody');
  });

  it('answer a malformed address with 400', async () => {
    const answer = await api.call({ url: '/v1/lists/%E0%A4%A', key: tenant.key });
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed-request']);
  });

  it('answer another method of a known address with 405 and what it takes', async () => {
    const answer = await api.call({ method: 'DELETE', url: '/v1/lists', key: tenant.key });
    expect([answer.status, answer.body.code]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.allow).toContain('POST');
  });

  it('refuse TRACE', async () => {
    const answer = await raw(
      await listening(),
      'TRACE /v1/lists HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 405 /);
    expect(answer).not.toContain('host: a');
  });
});

const listening = async (): Promise<number> => {
  if (!api.app.getHttpServer().listening) await api.app.listen(0, '127.0.0.1');
  return (api.app.getHttpServer().address() as { port: number }).port;
};

describe('what is no request at all', () => {
  it.each([
    ['bytes without a meaning', 'NONSENSE\r\n\r\n', 400, 'malformed-request'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('is answered as a problem too: %s', async (_what, bytes, status, code) => {
    const answer = await raw(await listening(), bytes);
    expect(answer).toContain(`HTTP/1.1 ${status} `);
    expect(answer).toContain('content-type: application/problem+json');
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code });
  });
});

const raw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', reject);
  });

describe('headers', () => {
  it('carry a correlation id, the caller’s own only when it is a UUID', async () => {
    const id = '0190f8a0-0000-7000-8000-000000000001';
    const given = await api.call({ url: '/health/live', headers: { 'x-correlation-id': id } });
    expect(given.headers['x-correlation-id']).toBe(id);
    const free = await api.call({
      url: '/health/live',
      headers: { 'x-correlation-id': 'jo@example.org' },
    });
    expect(free.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('protect those who open an answer in a browser', async () => {
    const { headers } = await api.call({ url: '/docs' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('If-Match and ETag', () => {
  it('let a change through once, then ask to read again (412)', async () => {
    const list = await createList();
    expect(list.headers.etag).toBe('"0"');
    const change = (match: string) =>
      api.call({
        method: 'PATCH',
        url: `/v1/lists/${list.body.id}`,
        key: tenant.key,
        body: { visible: false },
        headers: { 'if-match': match },
      });
    const first = await change('"0"');
    expect([first.status, first.headers.etag]).toEqual([200, '"1"']);
    expect((await change('"0"')).status).toBe(412);
    expect((await change('W/"1"')).status).toBe(200);
    expect((await change('*')).status).toBe(200);
    expect((await change('nonsense')).status).toBe(412);
  });
});

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

describe('the log', () => {
  it('has a line a request, by template and without what was asked for', async () => {
    const list = await createList();
    await api.call({
      key: tenant.key,
      url: `/v1/lists/${list.body.id}?after=secret%40example.org`,
    });
    await api.call({ key: tenant.key, url: '/v1/recipients?email=someone%40example.org' });
    const text = JSON.stringify(api.logged);
    expect(text).toContain('"/v1/lists/:id"');
    expect(text).not.toContain('example.org');
    expect(text).not.toContain(tenant.key);
  });

  it('and the metrics name routes and statuses only', async () => {
    await api.call({ key: tenant.key, url: '/v1/recipients?email=someone%40example.org' });
    const { text, headers } = await api.call({ url: '/metrics' });
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain(
      'attesta_http_request_duration_seconds_count{method="GET",route="/v1/recipients",status="200"}',
    );
    expect(text).not.toContain('example.org');
  });
});

describe('health', () => {
  it('says live and ready', async () => {
    expect((await api.call({ url: '/health/live' })).body).toEqual({ status: 'live' });
    const ready = await api.call({ url: '/health/ready' });
    expect(ready.status).toBe(200);
    expect(ready.body.checks.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['ledger', 'keyring', 'catalogue', 'recipient-directory']),
    );
  });
});

describe('the health of an API that stands on servers', () => {
  it('names the one that is missing, be it that it refuses or that it is silent', async () => {
    const running = await runApi({
      servers: [
        { name: 'eventstoredb', ping: () => new Promise(() => undefined) },
        { name: 'mongodb', ping: async () => undefined },
        { name: 'other', ping: () => Promise.reject(new Error('refused')) },
      ],
    });
    const { status, body } = await running.call({ url: '/health/ready' });
    const missing = body.checks.filter((check: { ok: boolean }) => !check.ok);
    expect([status, body.status]).toEqual([503, 'not-ready']);
    expect(missing).toEqual([
      { name: 'eventstoredb', ok: false },
      { name: 'other', ok: false },
    ]);
    await running.close();
  });
});

describe('a ledger that cannot be written', () => {
  const failing = async (error: Error) => {
    let lost = 0;
    const broken = await runApi({ onLedgerLost: () => (lost += 1) });
    const { key } = await openTenant(broken);
    broken.engines.ledger.append = () => Promise.reject(error);
    const answer = await broken.call({
      method: 'POST',
      url: '/v1/lists',
      key,
      body: { name: { en: 'Canary' } },
    });
    const { logged } = broken;
    await broken.close();
    return { answer, lost, logged };
  };

  it('for want of space answers 507 and goes on', async () => {
    const { answer, lost } = await failing(new EventLogUnavailable('disk-full', 'full'));
    expect([answer.status, answer.body.code, lost]).toEqual([507, 'disk-full', 0]);
  });

  it('for an I/O error answers 503 and asks the process to stop', async () => {
    const { answer, lost } = await failing(new EventLogUnavailable('io-error', 'EIO'));
    expect([answer.status, answer.body.code, lost]).toEqual([503, 'unavailable', 1]);
  });

  it.each([
    ['log', new EventLogUnavailable('unreachable', 'no answer from esdb://jo:secret@one.example')],
    ['keyring', new KeyringUnavailable('unreachable', 'no answer')],
  ])(
    'for a server of the %s that is away answers 503, says when to ask again, and goes on',
    async (_, error) => {
      const { answer, lost, logged } = await failing(error);
      expect([answer.status, answer.body.code, lost]).toEqual([503, 'unavailable', 0]);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      expect(logged).toContainEqual(expect.objectContaining({ event: 'server-away' }));
      expect(answer.text + JSON.stringify(logged)).not.toContain('one.example');
    },
  );

  it('for a key that cannot be made durable answers 503 and asks the process to stop', async () => {
    const { answer, lost } = await failing(new KeyringUnavailable('io-error', 'EIO'));
    expect([answer.status, lost]).toEqual([503, 1]);
  });

  it('for a bug answers 500 with a number to tell, and logs neither the message nor the body', async () => {
    const { answer, logged } = await failing(new Error('Canary of jo@example.org'));
    expect([answer.status, answer.body.code]).toEqual([500, 'unexpected']);
    expect(answer.text).not.toContain('Canary');
    expect(answer.body.detail).toContain(answer.headers['x-correlation-id']);
    const line = logged.find((entry) => 'error' in entry);
    expect(line).toMatchObject({
      error: 'Error',
      correlationId: answer.headers['x-correlation-id'],
    });
    expect(JSON.stringify(logged)).not.toContain('Canary');
  });
});
