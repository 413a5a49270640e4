import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startImporter } from '#apps/importer/index';
import { issueKey, openTenant, type Tenant } from '../../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
let listId: string;
const stop = new AbortController();
let importing: Promise<void>;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  api = await runApi({});
  const { signal } = stop;
  importing = startImporter({ ...api.engines, log, clock: Date.now, signal });
  tenant = await openTenant(api);
  listId = String((await post('/v1/lists', { name: { en: 'News' } })).body.id);
  await post('/v1/fields', { key: 'city', type: 'text', label: { en: 'City' } });
});
afterAll(async () => {
  stop.abort();
  await importing;
  await api.close();
});

const post = (url: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  api.call({ method: 'POST', url, key: tenant.key, body, headers });
const get = (url: string) => api.call({ url, key: tenant.key });

/** The id of an import of these lines, once it is over. */
const imported = async (
  lines: readonly string[],
  more: object = {},
  query = '',
): Promise<string> => {
  const mapping = {
    columns: { Email: 'email', City: 'fields.city', Language: 'language' },
    listIds: [listId],
    ...more,
  };
  const queued = await api.call({
    method: 'POST',
    url: `/v1/imports?mapping=${encodeURIComponent(JSON.stringify(mapping))}${query}`,
    key: tenant.key,
    headers: { 'content-type': 'text/csv' },
    body: `Email,City,Language\n${lines.join('\n')}\n`,
  });
  expect(queued.status).toBe(202);
  const id = String(queued.body.id);
  await get(`/v1/imports/${id}/progress`);
  return id;
};
/** The import once its undo is over: the end of its progress is waited for. */
const undone = async (id: string): Promise<Answered['body']> => {
  const asked = await post(`/v1/imports/${id}/undo`);
  expect([asked.status, asked.body]).toEqual([202, { id }]);
  const { text } = await get(`/v1/imports/${id}/progress`);
  expect(text).toMatch(/event: end/);
  return (await get(`/v1/imports/${id}`)).body;
};
const leftOf = async (id: string): Promise<readonly Record<string, unknown>[]> =>
  (await get(`/v1/imports/${id}/undo/left`)).text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const idOf = async (email: string): Promise<string> =>
  String((await post('/v1/recipients', { email })).body.id);
const code = ({ status, body }: Answered) => [status, body.code];

describe('IMP-1 POST /v1/imports/:id/undo', () => {
  it('forgets whom the file brought in, and a later file brings them in anew', async () => {
    const file = ['new@exemple.example,Gaspé,fr'];
    const wrong = await imported(file);
    const found = (await get('/v1/recipients?email=new@exemple.example')).body.items[0];
    expect(found.lists).toHaveLength(1);

    expect(await undone(wrong)).toMatchObject({
      status: 'undone',
      undo: { status: 'done', rows: 1, compensated: 1, left: 0, sentSince: 0 },
    });
    const id = String(found.id);
    expect(code(await get(`/v1/recipients/${id}`))).toEqual([404, 'not-found']);
    expect(code(await get(`/v1/recipients/${id}/state`))).toEqual([404, 'not-found']);
    expect((await get('/v1/recipients?email=new@exemple.example')).body.items).toEqual([]);
    const explained = (await get(`/v1/recipients/${id}/explain?listId=${listId}`)).body;
    expect(explained.allow).toBe(false);
    expect(JSON.stringify(explained)).not.toContain('unsubscribed');
    const { items } = (await get(`/v1/recipients/${id}/timeline`)).body;
    expect(items.map(({ type }: { type: string }) => type)).toContain('ImportChangesUndone');

    const right = await imported(file);
    expect((await get(`/v1/imports/${right}`)).body).toMatchObject({ refused: 0 });
    expect((await get(`/v1/recipients/${id}`)).body).toMatchObject({
      email: 'new@exemple.example',
      status: 'active',
      fields: { city: 'Gaspé' },
      lists: [{ listId, status: 'subscribed' }],
    });
  });

  it('gives known people back what they had, and names what was changed since', async () => {
    const id = await idOf('known@exemple.example');
    const touched = await idOf('touched@exemple.example');
    const erasedId = await idOf('erased@exemple.example');
    const before = (await get(`/v1/recipients/${id}`)).body;
    const wrong = await imported([
      'known@exemple.example,Alma,fr',
      'touched@exemple.example,Alma,fr',
      'erased@exemple.example,Alma,fr',
    ]);
    expect((await get(`/v1/recipients/${id}`)).body.fields).toEqual({ city: 'Alma' });
    await api.call({
      method: 'PATCH',
      url: `/v1/recipients/${touched}`,
      key: tenant.key,
      body: { fields: { city: 'Laval' } },
    });
    await post(`/v1/recipients/${erasedId}/erase`, { reason: 'asked' });

    expect((await undone(wrong)).undo).toMatchObject({ compensated: 2, left: 2 });
    const { revision: _, lastChangeAt: __, ...after } = (await get(`/v1/recipients/${id}`)).body;
    expect(before).toMatchObject(after);
    const other = (await get(`/v1/recipients/${touched}`)).body;
    expect([other.fields, other.lists]).toEqual([{ city: 'Laval' }, []]);
    expect(await leftOf(wrong)).toEqual([
      {
        recipientId: touched,
        what: 'fields.city',
        why: 'changed-since',
        event: 'ProfileChanged',
      },
      { recipientId: erasedId, what: 'recipient', why: 'erased' },
    ]);
  });

  it('UNS-5 lifts an unsubscription that the file alone said, and no one’s own', async () => {
    const [onlyFile, themselves] = [
      await idOf('a@exemple.example'),
      await idOf('b@exemple.example'),
    ];
    const wrong = await imported(['a@exemple.example,,', 'b@exemple.example,,'], {
      state: 'unsubscribed',
    });
    await post(`/v1/recipients/${themselves}/unsubscribe`, { scope: 'all' });
    expect((await undone(wrong)).undo).toMatchObject({ compensated: 1, left: 1 });
    expect((await get(`/v1/recipients/${onlyFile}`)).body.status).toBe('active');
    expect((await get(`/v1/recipients/${themselves}`)).body.status).toBe('unsubscribed');
    expect(await leftOf(wrong)).toContainEqual({
      recipientId: themselves,
      what: 'unsubscribed',
      why: 'changed-since',
      event: 'RecipientUnsubscribed',
    });
  });

  it('gives the same answer again, and refuses a dry run and one that nobody asked about', async () => {
    const id = await imported(['again@exemple.example,,']);
    expect(code(await get(`/v1/imports/${id}/undo`))).toEqual([404, 'not-found']);
    expect(code(await get(`/v1/imports/${id}/undo/left`))).toEqual([404, 'not-found']);
    const headers = { 'idempotency-key': 'undo-once' };
    const first = await post(`/v1/imports/${id}/undo`, {}, headers);
    await get(`/v1/imports/${id}/progress`);
    const again = [
      await post(`/v1/imports/${id}/undo`, {}, headers),
      await post(`/v1/imports/${id}/undo`),
    ];
    for (const { status, body } of again) expect([status, body]).toEqual([202, first.body]);
    expect((await get(`/v1/imports/${id}/undo`)).body).toMatchObject({ status: 'done', rows: 1 });

    const dry = await imported(['dry@exemple.example,,'], {}, '&dryRun=true');
    expect(code(await post(`/v1/imports/${dry}/undo`))).toEqual([409, 'nothing-to-undo']);
    const key = await issueKey(api, tenant.accountId, ['recipients:write']);
    const url = `/v1/imports/${id}/undo`;
    expect(code(await api.call({ method: 'POST', url, key, body: {} }))).toEqual([
      403,
      'scope-missing',
    ]);
  });
});
