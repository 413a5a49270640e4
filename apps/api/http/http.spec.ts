import { describe, expect, it } from '@jest/globals';
import { useTenantScene } from '../testing/tenant-scene.ts';

const scene = useTenantScene();

describe('headers', () => {
  it('carry a correlation id, the caller’s own only when it is a UUID', async () => {
    const id = '0190f8a0-0000-7000-8000-000000000001';
    const given = await scene.api.call({
      url: '/health/live',
      headers: { 'x-correlation-id': id },
    });
    expect(given.headers['x-correlation-id']).toBe(id);
    const free = await scene.api.call({
      url: '/health/live',
      headers: { 'x-correlation-id': 'jo@example.org' },
    });
    expect(free.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('protect those who open an answer in a browser', async () => {
    const { headers } = await scene.api.call({ url: '/docs' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('If-Match and ETag', () => {
  it('let a change through once, then ask to read again (412)', async () => {
    const list = await scene.createList();
    expect(list.headers.etag).toBe('"0"');
    const change = (match: string) =>
      scene.api.call({
        method: 'PATCH',
        url: `/v1/lists/${list.body.id}`,
        key: scene.tenant.key,
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
    const list = await scene.createList();
    await scene.api.call({
      key: scene.tenant.key,
      url: `/v1/lists/${list.body.id}?after=secret%40example.org`,
    });
    await scene.api.call({
      key: scene.tenant.key,
      url: '/v1/recipients?email=someone%40example.org',
    });
    const text = JSON.stringify(scene.api.logged);
    expect(text).toContain('"/v1/lists/:id"');
    expect(text).not.toContain('example.org');
    expect(text).not.toContain(scene.tenant.key);
  });

  it('and the metrics name routes and statuses only', async () => {
    await scene.api.call({
      key: scene.tenant.key,
      url: '/v1/recipients?email=someone%40example.org',
    });
    const { text, headers } = await scene.api.call({ url: '/metrics' });
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain(
      'attesta_http_request_duration_seconds_count{method="GET",route="/v1/recipients",status="200"}',
    );
    expect(text).not.toContain('example.org');
  });
});
