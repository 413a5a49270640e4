import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startImporter } from '#apps/importer/index';
import { newId } from '#libs/ledger/index';
import { ListId } from '#domain/kernel/index';
import type { Uploads } from '#libs/uploads/index';
import { issueKey, openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../testing/running-api.ts';
import { csvCell } from '../http/row-format.ts';

let api: RunningApi;
let tenant: Tenant;
let uploads: Uploads;
const stop = new AbortController();
let importing: Promise<void>;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  api = await runApi({ uploadLimit: 2_000_000 });
  uploads = api.engines.uploads;
  const { signal } = stop;
  importing = startImporter({ ...api.engines, uploads, log, clock: Date.now, signal });
  tenant = await openTenant(api);
});
afterAll(async () => {
  stop.abort();
  await importing;
  await api.close();
});

const CSV = 'text/csv';
type Upload = Readonly<{
  mapping?: unknown;
  type?: string;
  query?: string;
  headers?: Record<string, string>;
  key?: string;
}>;
const upload = (body: string | Buffer, options: Upload = {}): Promise<Answered> => {
  const { mapping = { columns: { Email: 'email' } }, type = CSV, query = '', headers } = options;
  const text = encodeURIComponent(typeof mapping === 'string' ? mapping : JSON.stringify(mapping));
  return api.call({
    method: 'POST',
    url: `/v1/imports?mapping=${text}${query}`,
    key: options.key ?? tenant.key,
    headers: { 'content-type': type, ...headers },
    body,
  });
};
/** The import once it is over. */
const ended = async (queued: Answered): Promise<Answered['body']> => {
  expect(queued.status).toBe(202);
  const url = `/v1/imports/${String(queued.body.id)}`;
  await api.call({ url: `${url}/progress`, key: tenant.key });
  return (await api.call({ url, key: tenant.key })).body;
};
const rowsOf = async (
  queued: Answered,
  query = '',
): Promise<readonly Record<string, unknown>[]> => {
  const url = `/v1/imports/${String(queued.body.id)}/rows${query}`;
  const { text } = await api.call({ url, key: tenant.key });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
};
const code = ({ status, body }: Answered) => [status, body.code];

describe('IMP-1 POST /v1/imports', () => {
  it.each([
    ['a workbook', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
    ['JSON', 'application/json', '{}'],
    ['another character set', 'text/csv; charset=iso-8859-1', 'Email\n'],
  ])('refuses %s, and says what is taken', async (_name, type, body) => {
    const answer = await upload(body, { type });
    expect(code(answer)).toEqual([415, 'unsupported-media-type']);
    expect(answer.body.detail).toMatch(/text\/csv|UTF-8/);
  });

  it.each([
    ['a picture', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['a workbook', Buffer.from('504b030414000600', 'hex')],
    ['an archive', Buffer.from('1f8b080000000000', 'hex')],
  ])('refuses %s that says it is CSV, and keeps nothing of it', async (_name, body) => {
    expect(code(await upload(body))).toEqual([415, 'not-a-text-file']);
    expect(await uploads.list()).toEqual([]);
  });

  it('refuses an empty file and one that is too large', async () => {
    expect(code(await upload(''))).toEqual([400, 'malformed-request']);
    expect(code(await upload(`Email\n${'x'.repeat(2_000_001)}`))).toEqual([413, 'body-too-large']);
  });

  it.each([
    ['{', 'invalid-request', ['mapping', 'malformed-json'], 400],
    [{ preset: 'brevo' }, 'unknown-preset', ['mapping.preset', 'unknown-preset'], 400],
    [{ columns: {} }, 'invalid-request', ['mapping.columns', 'email-missing'], 400],
    [
      { columns: { Email: 'email', A: 'fields.a' } },
      'unknown-field',
      ['mapping.columns.A', 'unknown-field'],
      422,
    ],
    [
      { columns: { Email: 'email' }, listIds: [newId(ListId)] },
      'unknown-list',
      ['mapping.listIds.0', 'unknown-list'],
      422,
    ],
  ])('refuses the mapping %j', async (mapping, problemCode, fault, status) => {
    const answer = await upload('Email\n', { mapping });
    expect(code(answer)).toEqual([status, problemCode]);
    expect(
      answer.body.errors.map((error: { path: string; code: string }) => [error.path, error.code]),
    ).toEqual([fault]);
  });

  it('gives the same answer to a repeated key and file, and refuses the key with another file', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = await upload('Email\nrepeated@exemple.example\n', { headers });
    await ended(first);
    const again = await upload('Email\nrepeated@exemple.example\n', { headers });
    expect([again.status, again.body]).toEqual([202, first.body]);
    const other = await upload('Email\nanother@exemple.example\n', { headers });
    expect(code(other)).toEqual([422, 'idempotency-key-reused']);
    const { items } = (await api.call({ url: '/v1/imports', key: tenant.key })).body;
    expect(items.filter(({ id }: { id: string }) => id === first.body.id)).toHaveLength(1);
    // What the repeats sent is forgotten once they are answered.
    while ((await uploads.list()).length > 0) await setImmediate();
  });
});

describe('an import that fails or only tries', () => {
  it.each([
    [
      'invalid-utf8',
      Buffer.from('Email\nfirst@exemple.example\nh\u00e9las@exemple.example\n', 'latin1'),
      2,
    ],
    ['unclosed-quote', Buffer.from('Email\n"first@exemple.example\n'), 1],
    ['unknown-column', Buffer.from('Courriel\nfirst@exemple.example\n'), undefined],
    ['header-missing', Buffer.from('first@exemple.example\nsecond@exemple.example\n'), undefined],
  ])('says %s and where, and changes nobody', async (failure, body, row) => {
    const over = await ended(await upload(body));
    expect(over).toMatchObject({ status: 'failed', rows: 0, failure: { code: failure } });
    expect(over.failure.row).toBe(row);
    const found = await api.call({
      url: '/v1/recipients?email=first@exemple.example',
      key: tenant.key,
    });
    expect(found.body.items).toEqual([]);
  });

  it('reports in full what a dry run would do, and does none of it', async () => {
    const file = 'Email,Extra\ndry@exemple.example,1\nno address,2\nDRY@exemple.example,3\n';
    const tried = await upload(file, { query: '&dryRun=true' });
    expect(await ended(tried)).toMatchObject({
      status: 'completed',
      dryRun: true,
      rows: 3,
      created: 1,
      refused: 1,
      refusedBy: { 'invalid-address-syntax': 1 },
      remarks: { 'duplicate-row': 1 },
      unmapped: ['Extra'],
    });
    const found = await api.call({
      url: '/v1/recipients?email=dry@exemple.example',
      key: tenant.key,
    });
    expect(found.body.items).toEqual([]);
  });
});

describe('GET /v1/imports/:id/rows', () => {
  const file = 'Email\nseen@exemple.example\nno address\n';

  it('gives each row its fate, a reason in words, and the address to keys that may read it', async () => {
    const queued = await upload(file);
    await ended(queued);
    expect(await rowsOf(queued)).toEqual([
      {
        row: 1,
        email: 'seen@exemple.example',
        recipientId: expect.stringMatching(/^rcp_/),
        outcome: 'created',
      },
      { row: 2, outcome: 'refused', code: 'invalid-address-syntax', message: expect.any(String) },
    ]);
    expect(await rowsOf(queued, '?outcome=refused')).toHaveLength(1);
    const key = await issueKey(api, tenant.accountId, ['imports']);
    const url = `/v1/imports/${String(queued.body.id)}/rows`;
    expect((await api.call({ url, key })).text).not.toContain('seen@');
    const accept = { accept: 'image/png' };
    expect(code(await api.call({ url, key, headers: accept }))).toEqual([406, 'not-acceptable']);
    expect((await api.call({ url: `${url}?outcome=lost`, key })).status).toBe(400);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])(
    'keeps a spreadsheet from running %j',
    (text) => {
      expect(csvCell(text)).toBe(`'${text}`);
    },
  );

  it('quotes what CSV would misread', () => {
    expect(csvCell('a "b",\nc')).toBe('"a ""b"",\nc"');
  });
});

describe('C-27 an import and people who left', () => {
  it('refuses their rows with the code that the API gives', async () => {
    const { body } = await api.call({
      method: 'POST',
      url: '/v1/recipients',
      key: tenant.key,
      body: { email: 'left@exemple.example' },
    });
    const url = `/v1/recipients/${String(body.id)}/unsubscribe`;
    await api.call({ method: 'POST', url, key: tenant.key, body: { scope: 'all' } });
    const queued = await upload('Email\nleft@exemple.example\n');
    expect(await ended(queued)).toMatchObject({ refused: 1, refusedBy: { 'unsubscribed-all': 1 } });
  });
});
