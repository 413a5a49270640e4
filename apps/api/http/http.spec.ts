import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
});
afterAll(() => api.close());

const createList = () =>
  api.call({ method: 'POST', url: '/v1/lists', key: tenant.key, body: { name: { en: 'News' } } });

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
