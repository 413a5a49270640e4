import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { instantOf, type AccountId, type FormId, type RecipientId } from '#domain/kernel/index';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import { sealLink, type LinkKind } from '#libs/public-links/index';
import { findIn, needlesFor } from './support/byte-search.ts';
import { Client, type Answer, type Sent } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { eventsIn } from './support/ledger-file.ts';
import { OPERATOR_KEY, startProduct, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher, VERSIONS } from './support/publisher.ts';
import { until } from './support/until.ts';

const CANARY = 'Hildegunst.Mythenmetz';
const EMAIL = `${CANARY}@zamonien-lindwurm.example`;
const canary = needlesFor([CANARY, 'zamonien-lindwurm']);
const MEBIBYTE = 1_048_576;

type Call = Readonly<{
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: Sent;
  headers?: Record<string, string>;
  /** Nobody's key, instead of the account's. */
  key?: string;
}>;

type Scene = Readonly<{ ours: Publisher; theirs: Publisher; ids: Ids; foreign: Ids; unknown: Ids }>;
type Ids = Readonly<{
  list: string;
  recipient: string;
  wording: string;
  newsletter: string;
  campaign: string;
  form: string;
}>;

let directory: string;
let product: RunningProgram;
let scene: Scene;

const idsOf = async (publisher: Publisher): Promise<Ids> => {
  const { client, listId, wordingId } = publisher;
  const person = { email: `first@${publisher.accountId.slice(-10)}.example`, listIds: [listId] };
  const newsletter = await publisher.write('Nouvelles');
  const draft = { newsletterId: newsletter, audience: { listIds: [listId] } };
  const terms = { name: 'f', listIds: [listId], wordingId, optIn: 'double' };
  return {
    list: listId,
    wording: wordingId,
    recipient: (await client.post('/v1/recipients', person)).body.id,
    newsletter,
    campaign: (await client.post('/v1/campaigns', draft)).body.id,
    form: (await client.post('/v1/forms', terms)).body.id,
  };
};

beforeAll(async () => {
  directory = await newDataDirectory();
  product = await startProduct(directory);
  const [ours, theirs] = [await Publisher.open(product), await Publisher.open(product)];
  const ids = await idsOf(ours);
  const unknown = Object.fromEntries(
    Object.entries(ids).map(([kind, id]) => [kind, id.replace(/.{6}$/, '7zzzzz')]),
  ) as Ids;
  scene = { ours, theirs, ids, foreign: await idsOf(theirs), unknown };
  // A second revision, so that the first ETag is stale.
  await ours.client.patch(`/v1/lists/${ids.list}`, { visible: false });
});
afterAll(async () => {
  await product.kill();
  await removeDataDirectory(directory);
});

const send = ({ method = 'POST', path: address, key, ...options }: Call): Promise<Answer> =>
  new Client(product.url, key ?? scene.ours.key).call(method, address, options);

const expectProblem = (
  { status, headers, text, body }: Answer,
  expected: readonly [number, string],
) => {
  expect([status, body?.code ?? text]).toEqual(expected);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toEqual({
    type: expect.stringMatching(/./),
    title: expect.stringMatching(/./),
    status: expected[0],
    code: expected[1],
    detail: expect.stringMatching(/./),
    errors: expect.any(Array),
  });
  expect(text).not.toMatch(/\bat \S+ \(|node_modules|\.ts:|\.js:|SQLITE/);
};

const json = { 'content-type': 'application/json' };
const person = (more: object): object => ({ email: EMAIL, ...more });
const importing = (body: Sent, type = 'text/csv', mapping?: string): Call => {
  const asked = mapping ?? JSON.stringify({ columns: { Email: 'email' } });
  return {
    path: `/v1/imports?mapping=${encodeURIComponent(asked)}`,
    body,
    headers: { 'content-type': type },
  };
};
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string))));

type Case = readonly [
  name: string,
  call: (scene: Scene) => Call,
  status: number,
  code: string,
  /** Of the first of `errors`. */
  fault?: string,
];

const REQUESTS: readonly Case[] = [
  // Malformed JSON
  [
    'half a JSON object',
    () => ({ path: '/v1/recipients', body: `{"email":"${EMAIL}"`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON with a second value',
    () => ({ path: '/v1/recipients', body: `{"email":"${EMAIL}"} {}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON that reaches for the prototype',
    () => ({ path: '/v1/recipients', body: `{"__proto__":{"email":"${EMAIL}"}}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'half a surrogate pair',
    () => ({ path: '/v1/recipients', body: `{"email":"\\ud800${EMAIL}"}`, headers: json }),
    400,
    'malformed-request',
  ],
  [
    'JSON nested without end',
    () => ({ path: '/v1/recipients', body: '['.repeat(200_000), headers: json }),
    400,
    'malformed-request',
  ],
  ['no body at all', () => ({ path: '/v1/recipients' }), 400, 'invalid-request'],
  // Wrong types
  [
    'an array for an object',
    () => ({ path: '/v1/recipients', body: [EMAIL] }),
    400,
    'invalid-request',
  ],
  [
    'a text for an object',
    () => ({ path: '/v1/recipients', body: `"${EMAIL}"`, headers: json }),
    400,
    'invalid-request',
  ],
  [
    'null for an object',
    () => ({ path: '/v1/recipients', body: 'null', headers: json }),
    400,
    'invalid-request',
  ],
  [
    'a number for an address',
    () => ({ path: '/v1/recipients', body: { email: 7 } }),
    400,
    'invalid-request',
  ],
  [
    'an object for an address',
    () => ({ path: '/v1/recipients', body: { email: { at: EMAIL } } }),
    400,
    'invalid-request',
  ],
  [
    'a text for a list of ids',
    () => ({ path: '/v1/recipients', body: person({ listIds: 'all' }) }),
    400,
    'invalid-request',
  ],
  [
    'an array for the fields',
    () => ({ path: '/v1/recipients', body: person({ fields: [CANARY] }) }),
    400,
    'invalid-request',
  ],
  [
    'a date that no calendar has',
    () => ({
      path: '/v1/recipients',
      body: person({ consent: { kind: 'express', date: '2025-02-30' } }),
    }),
    400,
    'invalid-request',
  ],
  [
    'a number in a page’s limit',
    () => ({ method: 'GET', path: '/v1/recipients?limit=many' }),
    400,
    'invalid-request',
  ],
  [
    'an instant that is none',
    ({ ids }) => ({ method: 'GET', path: `/v1/recipients/${ids.recipient}/state?at=yesterday` }),
    400,
    'invalid-request',
  ],
  // Unknown fields
  [
    'an unknown field',
    () => ({ path: '/v1/recipients', body: person({ [CANARY]: 1 }) }),
    400,
    'invalid-request',
  ],
  [
    'an unknown field inside',
    () => ({
      path: '/v1/recipients',
      body: person({ consent: { kind: 'express', date: '2025-02-03', [CANARY]: 1 } }),
    }),
    400,
    'invalid-request',
  ],
  [
    'a field in a body that has none',
    ({ ids }) => ({ path: `/v1/campaigns/${ids.campaign}/start`, body: { at: 1 } }),
    400,
    'invalid-request',
  ],
  [
    'an unknown parameter',
    () => ({ method: 'GET', path: `/v1/recipients?sort=${CANARY}` }),
    400,
    'invalid-request',
  ],
  [
    'a custom field that nobody defined',
    () => ({ path: '/v1/recipients', body: person({ fields: { shoeSize: CANARY } }) }),
    400,
    'invalid-request',
    'unknown-field',
  ],
  // Oversized bodies
  [
    'a body beyond 1 MiB',
    () => ({
      path: '/v1/recipients',
      body: `{"email":"${EMAIL}"${' '.repeat(MEBIBYTE)}}`,
      headers: json,
    }),
    413,
    'body-too-large',
  ],
  // Wrong content types
  [
    'JSON sent as text',
    () => ({
      path: '/v1/recipients',
      body: `{"email":"${EMAIL}"}`,
      headers: { 'content-type': 'text/plain' },
    }),
    415,
    'unsupported-media-type',
  ],
  [
    'a form where JSON is asked for',
    () => ({ path: '/v1/recipients', body: new URLSearchParams({ email: EMAIL }) }),
    415,
    'unsupported-media-type',
  ],
  [
    'a file as JSON',
    () => importing(`{"email":"${EMAIL}"}`, 'application/json'),
    415,
    'unsupported-media-type',
  ],
  [
    'a file in another character set',
    () => importing(`Email\n${EMAIL}`, 'text/csv; charset=iso-8859-1'),
    415,
    'unsupported-media-type',
  ],
  // Ids
  [
    'a list that does not exist',
    ({ unknown }) => ({ method: 'GET', path: `/v1/lists/${unknown.list}` }),
    404,
    'not-found',
  ],
  [
    'another account’s list',
    ({ foreign }) => ({ method: 'GET', path: `/v1/lists/${foreign.list}` }),
    404,
    'not-found',
  ],
  [
    'a list id that is none',
    () => ({ method: 'GET', path: `/v1/lists/${CANARY}` }),
    404,
    'not-found',
  ],
  [
    'the id of another kind',
    ({ ids }) => ({ method: 'GET', path: `/v1/lists/${ids.form}` }),
    404,
    'not-found',
  ],
  [
    'a person who does not exist',
    ({ unknown }) => ({
      path: `/v1/recipients/${unknown.recipient}/erase`,
      body: { reason: CANARY },
    }),
    404,
    'not-found',
  ],
  [
    'another account’s person',
    ({ foreign }) => ({
      path: `/v1/recipients/${foreign.recipient}/erase`,
      body: { reason: CANARY },
    }),
    404,
    'not-found',
  ],
  [
    'an address for the id of a person',
    () => ({ method: 'GET', path: `/v1/recipients/${encodeURIComponent(EMAIL)}` }),
    404,
    'not-found',
  ],
  [
    'another account’s list for a person',
    ({ foreign }) => ({ path: '/v1/recipients', body: person({ listIds: [foreign.list] }) }),
    422,
    'unknown-list',
  ],
  [
    'an unknown wording',
    ({ unknown }) => ({
      path: '/v1/recipients',
      body: person({
        consent: { kind: 'express', date: '2025-02-03', wordingId: unknown.wording },
      }),
    }),
    422,
    'unknown-wording',
  ],
  [
    'another account’s newsletter',
    ({ ids, foreign }) => ({
      path: '/v1/campaigns',
      body: { newsletterId: foreign.newsletter, audience: { listIds: [ids.list] } },
    }),
    422,
    'unknown-newsletter',
  ],
  [
    'another account’s campaign',
    ({ foreign }) => ({ path: `/v1/campaigns/${foreign.campaign}/start`, body: {} }),
    404,
    'not-found',
  ],
  [
    'an import that does not exist',
    () => ({ method: 'GET', path: '/v1/imports/imp_01jd8k3h5mf4qtc6r9v2x7z0ab' }),
    404,
    'not-found',
  ],
  [
    'a list of another account in a mapping',
    ({ foreign }) =>
      importing(
        `Email\n${EMAIL}`,
        'text/csv',
        JSON.stringify({ columns: { Email: 'email' }, listIds: [foreign.list] }),
      ),
    422,
    'unknown-list',
  ],
  [
    'a form that does not exist',
    ({ unknown }) => ({ path: `/f/${unknown.form}`, body: { email: EMAIL, consent: 'on' } }),
    404,
    'not-found',
  ],
  [
    'an address where nothing is',
    () => ({ method: 'GET', path: `/v1/${CANARY}` }),
    404,
    'unknown-route',
  ],
  [
    'a method that is not there',
    ({ ids }) => ({ method: 'DELETE', path: `/v1/lists/${ids.list}` }),
    405,
    'method-not-allowed',
  ],
  // Conditions
  [
    'a stale ETag',
    ({ ids }) => ({
      method: 'PATCH',
      path: `/v1/lists/${ids.list}`,
      body: { visible: true },
      headers: { 'if-match': '"0"' },
    }),
    412,
    'stale',
  ],
  [
    'a cursor of another kind',
    () => ({ method: 'GET', path: `/v1/recipients?cursor=abc` }),
    400,
    'invalid-cursor',
  ],
  [
    'a position that we never gave',
    () => ({ method: 'GET', path: `/v1/recipients?after=abc` }),
    400,
    'invalid-position',
  ],
  [
    'an idempotency key without end',
    () => ({
      path: '/v1/recipients',
      body: person({}),
      headers: { 'idempotency-key': 'k'.repeat(5_000) },
    }),
    400,
    'invalid-idempotency-key',
  ],
  // Keys
  [
    'a key that is none',
    () => ({ method: 'GET', path: '/v1/account', key: CANARY }),
    401,
    'unauthorized',
  ],
  [
    'a key with another last letter',
    ({ ours }) => ({
      method: 'GET',
      path: '/v1/account',
      key: ours.key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    }),
    401,
    'unauthorized',
  ],
  [
    'a key with another secret',
    ({ ours, theirs }) => ({
      method: 'GET',
      path: '/v1/account',
      key: `${ours.key.slice(0, 31)}${theirs.key.slice(31)}`,
    }),
    401,
    'unauthorized',
  ],
  // Files that are not what they say
  [
    'a picture as a table',
    () => importing(bytes([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], EMAIL)),
    415,
    'not-a-text-file',
  ],
  ['a workbook as a table', () => importing(bytes('PK', [3, 4], EMAIL)), 415, 'not-a-text-file'],
  ['an empty file', () => importing(''), 400, 'malformed-request'],
  [
    'a mapping that is not JSON',
    () => importing(`Email\n${EMAIL}`, 'text/csv', `{${CANARY}`),
    400,
    'invalid-request',
  ],
  [
    'a mapping without an address',
    () => importing(`Email\n${EMAIL}`, 'text/csv', '{"columns":{}}'),
    400,
    'invalid-request',
  ],
  [
    'a mapping with an unknown key',
    () => importing(`Email\n${EMAIL}`, 'text/csv', `{"columns":{"Email":"email"},"${CANARY}":1}`),
    400,
    'invalid-request',
  ],
  [
    'a preset that nobody knows',
    () => importing(`Email\n${EMAIL}`, 'text/csv', '{"preset":"carrier-pigeon"}'),
    400,
    'unknown-preset',
  ],
  // Invalid UTF-8
  [
    'JSON in Latin-1',
    () => ({
      path: '/v1/recipients',
      body: bytes(`{"email":"${EMAIL}","fields":{"firstName":"Ren`, [0xe9], '"}}'),
      headers: json,
    }),
    400,
    'malformed-request',
  ],
  [
    'a form in Latin-1',
    ({ ids }) => ({
      path: `/f/${ids.form}`,
      body: bytes('email=Ren', [0xe9], `${EMAIL}&consent=on`),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    }),
    400,
    'malformed-request',
  ],
  [
    'a form that hides Latin-1 in escapes',
    ({ ids }) => ({
      path: `/f/${ids.form}`,
      body: `email=Ren%E9${EMAIL}&consent=on`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    }),
    400,
    'malformed-request',
  ],
  [
    'an address of a page that is not UTF-8',
    () => ({ method: 'GET', path: '/v1/lists/%E9%FF' }),
    400,
    'malformed-request',
  ],
  // What must never be kept (COL-5)
  [
    'a payment card in a value',
    () => ({
      path: '/v1/recipients',
      body: person({ fields: { firstName: '4111 1111 1111 1111' } }),
    }),
    400,
    'invalid-request',
    'sensitive-value',
  ],
  [
    'a national id in a value',
    () => ({ path: '/v1/recipients', body: person({ fields: { firstName: 'NAS 046 454 286' } }) }),
    400,
    'invalid-request',
    'sensitive-value',
  ],
  // Content that could not be sent
  [
    'a newsletter without a way out',
    ({ ids }) => ({
      method: 'PUT',
      path: `/v1/newsletters/${ids.newsletter}/versions/en`,
      body: { ...VERSIONS.en, mjml: '<mjml><mj-body></mj-body></mjml>' },
    }),
    422,
    'invalid-template',
  ],
  [
    'a template that does not end',
    ({ ids }) => ({
      method: 'PUT',
      path: `/v1/newsletters/${ids.newsletter}/versions/en`,
      body: { ...VERSIONS.en, subject: '{% if x %}' },
    }),
    422,
    'invalid-template',
  ],
];

describe('a request that cannot be carried out', () => {
  // Named parameters beyond those of a row would be taken for Jest's callback.
  it.each(REQUESTS)(
    '%s: a problem, and nothing is written',
    async (...[, call, status, code, fault]) => {
      const before = eventsIn(directory);
      const answer = await send(call(scene));
      expectProblem(answer, [status, code]);
      if (fault !== undefined) expect(answer.body.errors[0].code).toBe(fault);
      expect(eventsIn(directory)).toBe(before);
    },
  );

  it('names each fault of a body by its path, without its value (O-03)', async () => {
    const body = { email: 7, language: CANARY.repeat(9), listIds: [CANARY], [CANARY]: true };
    const { body: problem, text } = await send({ path: '/v1/recipients', body });
    expect(problem.errors.map(({ path: at }: { path: string }) => at).sort()).toEqual(
      ['email', 'language', 'listIds', CANARY].sort(),
    );
    expect(text).not.toContain(CANARY.repeat(2));
  });

  it('gives another account’s ids the very answer of ids that nobody has (A-13)', async () => {
    const kinds = [
      ['list', '/v1/lists/'],
      ['wording', '/v1/wordings/'],
      ['newsletter', '/v1/newsletters/'],
      ['campaign', '/v1/campaigns/'],
      ['form', '/v1/forms/'],
      ['recipient', '/v1/recipients/'],
    ] as const;
    for (const [kind, at] of kinds) {
      const [foreign, unknown] = await Promise.all(
        [scene.foreign, scene.unknown].map((ids) => send({ method: 'GET', path: at + ids[kind] })),
      );
      expect([foreign?.status, foreign?.text]).toEqual([404, unknown?.text]);
    }
  });

  it('takes a repeated request once, and no other with its key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const request = {
      path: '/v1/recipients',
      body: { email: 'once@repeat.example' },
      headers: key,
    };
    const first = await send(request);
    const before = eventsIn(directory);
    const second = await send(request);
    expect([second.status, second.text]).toEqual([first.status, first.text]);
    const other = await send({ ...request, body: { email: 'twice@repeat.example' } });
    expectProblem(other, [422, 'idempotency-key-reused']);
    expect(eventsIn(directory)).toBe(before);
  });

  it('makes one of many requests with the same key at once', async () => {
    const before = eventsIn(directory);
    const key = { 'idempotency-key': randomUUID() };
    const body = { name: { en: 'Simultaneous' } };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send({ path: '/v1/lists', body, headers: key })),
    );
    const ids = answers.flatMap(({ status, body: made }) => (status === 201 ? [made.id] : []));
    expect(new Set(ids).size).toBe(1);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(eventsIn(directory)).toBe(before + 1);
  });

  it('judges each item of a batch by itself', async () => {
    const lines = [
      JSON.stringify({ email: 'good@batch.example' }),
      '{"email":',
      JSON.stringify({ email: EMAIL, [CANARY]: 1 }),
      JSON.stringify({ email: 'not an address' }),
    ];
    const { status, body } = await send({
      path: '/v1/recipients/batch',
      body: lines.join('\n'),
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(status).toBe(200);
    const items = body.items ?? body;
    expect(
      items.map(({ code, outcome }: { code?: string; outcome: string }) => code ?? outcome),
    ).toEqual(['created', 'malformed-request', 'unknown-field', 'invalid-address-syntax']);
  });

  it.each([
    ['in Latin-1', bytes('Email,Prenom,Langue,Date\n', EMAIL, ',Ren', [0xe9], ',fr,2025-01-01\n')],
    [
      'with a quote that never ends',
      bytes(`Email,Prenom,Langue,Date\n"${EMAIL},x,fr,2025-01-01\n`),
    ],
    ['without the column of the address', bytes(`Prenom,Langue,Date\n${CANARY},fr,2025-01-01\n`)],
    ['that is no table at all', bytes([1, 2, 3, 4], CANARY)],
  ])('says why a file %s is not imported, and imports nobody', async (_, file) => {
    const { ours } = scene;
    const mapping = JSON.stringify(expressMapping(ours.listId, ours.wordingId));
    const queued = await send(importing(file, 'text/csv', mapping));
    if (queued.status === 202) {
      const ended = await ours.imported(queued.body.id);
      expect([ended.status, ended.created]).toEqual(['failed', 0]);
      expect(ended.failure).toMatchObject({
        code: expect.stringMatching(/./),
        message: expect.stringMatching(/./),
      });
      expect(findIn('answer', Buffer.from(JSON.stringify(ended)), canary)).toEqual([]);
    } else {
      expectProblem(queued, [queued.status, queued.body.code]);
      expect([400, 415, 422]).toContain(queued.status);
    }
    expect(await ours.find(EMAIL)).toBeUndefined();
  });
});

describe('a link that is forged or too old', () => {
  const nobody = (): Client => new Client(product.url);
  const eightDaysAgo = Date.now() - 8 * 86_400_000;

  const sealed = async (kind: LinkKind, issued: number): Promise<string> => {
    const keyring = embeddedKeyring({ directory });
    const { ours, ids } = scene;
    const about = {
      accountId: ours.accountId as AccountId,
      recipientId: ids.recipient as RecipientId,
      about: ids.form as FormId,
    };
    const token = sealLink(keyring.tokenKey(), { ...about, kind, issued: instantOf(issued) });
    await keyring.close();
    return token;
  };

  it.each(['/u/', '/p/', '/v/', '/confirm/'])(
    '%s shows a page that helps, for what we never made',
    async (page) => {
      const before = eventsIn(directory);
      for (const token of ['x', 'a'.repeat(200), '%00', encodeURIComponent(EMAIL)]) {
        const shown = await nobody().call('GET', `${page}${token}`);
        expect([token, shown.status]).toEqual([token, 404]);
        expect(shown.headers.get('content-type')).toMatch(/^text\/html/);
        expect(shown.text).not.toContain(CANARY);
      }
      expect(eventsIn(directory)).toBe(before);
    },
  );

  it('opens for its own page only, and not when a letter is changed', async () => {
    const token = await sealed('unsubscribe', Date.now());
    expect((await nobody().call('GET', `/u/${token}`)).status).toBe(200);
    expect((await nobody().call('GET', `/p/${token}`)).status).toBe(404);
    const middle = Math.trunc(token.length / 2);
    const other = token[middle] === 'A' ? 'B' : 'A';
    const forged = token.slice(0, middle) + other + token.slice(middle + 1);
    expect((await nobody().call('GET', `/u/${forged}`)).status).toBe(404);
  });

  it('answers one-click the same for every token, and does nothing for forged ones (M-09)', async () => {
    const before = eventsIn(directory);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const forged = await nobody().call('POST', '/u/forged', { body });
    expect(forged.status).toBe(200);
    expect(eventsIn(directory)).toBe(before);
    const real = await nobody().call('POST', `/u/${await sealed('unsubscribe', Date.now())}`, {
      body,
    });
    expect([real.status, real.text]).toEqual([200, forged.text]);
    expect(eventsIn(directory)).toBeGreaterThan(before);
  });

  it('confirms nothing after seven days, and says how to start again (C-20)', async () => {
    const before = eventsIn(directory);
    const path_ = `/confirm/${await sealed('confirm', eightDaysAgo)}`;
    for (const method of ['GET', 'POST'] as const) {
      const answer = await nobody().call(method, path_);
      expect(answer.status).toBe(410);
      expect(answer.text).toContain(`/f/${scene.ids.form}`);
    }
    expect(eventsIn(directory)).toBe(before);
  });
});

describe('after all of this', () => {
  it('a revoked key is refused like one that never was', async () => {
    const operator = new Client(product.url, OPERATOR_KEY);
    const keys = `/v1/accounts/${scene.ours.accountId}/api-keys`;
    const { id, key } = (await operator.post(keys, { name: 'for a while', scopes: ['*'] })).body;
    const request = { method: 'GET', path: '/v1/account', key } as const;
    expect((await send(request)).status).toBe(200);
    await operator.call('DELETE', `${keys}/${id}`);
    const refused = await until('the revoked key to be refused', async () => {
      const answer = await send(request);
      return answer.status !== 200 && answer;
    });
    expectProblem(refused, [401, 'unauthorized']);
  });

  it('the log has no error, no stack, and nobody’s data (O-03)', () => {
    const { out, err } = product.printed();
    expect(findIn('log', Buffer.from(out + err), canary)).toEqual([]);
    expect(err).not.toMatch(/"level":"(error|fatal)"|^\s+at /m);
  });

  it('the product goes on serving', async () => {
    expect((await send({ method: 'GET', path: '/v1/account' })).status).toBe(200);
    expect(product.hasEnded()).toBe(false);
  });
});
