import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runApi, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
});
afterAll(() => api.close());

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
