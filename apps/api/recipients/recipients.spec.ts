import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../testing/running-api.ts';
import { today } from '../testing/today.ts';

let api: RunningApi;
let tenant: Tenant;
let list: string;
let otherList: string;
let wordingId: string;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
  list = (await post('/v1/lists', { name: { en: 'News' } })).body.id;
  otherList = (await post('/v1/lists', { name: { en: 'Events' } })).body.id;
  wordingId = (await post('/v1/wordings', { purpose: 'p', texts: { en: 'I agree' } })).body.id;
  await post('/v1/fields', { key: 'firstName', type: 'text', label: { en: 'First name' } });
  await post('/v1/fields', { key: 'points', type: 'number', label: { en: 'Points' } });
});
afterAll(() => api.close());

const send =
  (method: 'POST' | 'PUT' | 'PATCH') =>
  (url: string, body: unknown): Promise<Answered> =>
    api.call({ method, url, key: tenant.key, body });
const post = send('POST');
const put = send('PUT');
const patch = send('PATCH');
const get = (url: string) => api.call({ url, key: tenant.key });
const express = {
  kind: 'express',
  date: '2026-01-15',
  method: 'web form',
  source: 'shop',
  evidence: { reference: 'F-1' },
};

let count = 0;
const email = (): string => `person${String((count += 1))}@example.org`;
const subscribed = async (more = {}): Promise<string> =>
  (await post('/v1/recipients', { email: email(), listIds: [list], consent: express, ...more }))
    .body.id;
const faults = ({ status, body }: Answered) => [
  status,
  ...body.errors.map(({ path }: { path: string }) => path),
];

describe('subscribing somebody', () => {
  it('makes a recipient as api.md describes them (201), and knows them the next time (200)', async () => {
    const body = {
      email: ' Marie.Curie@Example.ORG ',
      language: 'fr',
      fields: { firstName: 'Marie', points: 12.5 },
      listIds: [list],
      jurisdiction: 'CA-QC',
      consent: { ...express, wordingId, evidence: { reference: 'A-1' } },
      privacyBasis: { kind: 'informed-at-collection' },
    };
    const first = await post('/v1/recipients', body);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      email: 'Marie.Curie@example.org',
      language: 'fr',
      status: 'active',
      jurisdiction: 'CA-QC',
      fields: { firstName: 'Marie', points: 12.5 },
      lists: [{ listId: list, status: 'subscribed' }],
      consent: { kind: 'express', date: '2026-01-15' },
      privacyBasis: { kind: 'informed-at-collection' },
      tracking: 'aggregate',
    });
    expect(first.headers.location).toBe(`/v1/recipients/${first.body.id}`);
    const again = await post('/v1/recipients', { ...body, email: 'marie.curie@example.org' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    const read = await get(`/v1/recipients/${first.body.id}`);
    expect([read.body, read.headers.etag]).toEqual([first.body, `"${first.body.revision}"`]);
  });

  it('falls back on the account’s first language', async () => {
    expect((await get(`/v1/recipients/${await subscribed()}`)).body.language).toBe('fr');
  });

  it('refuses bodies that are not as described (400), naming each fault and no value', async () => {
    const answer = await post('/v1/recipients', {
      email: 7,
      language: 'klingon!',
      listIds: ['list_1'],
      jurisdiction: 'Quebec',
      consent: { kind: 'express', date: '2026-02-30' },
      name: 'Marie',
    });
    expect(faults(answer)).toEqual(
      expect.arrayContaining([
        400,
        'email',
        'language',
        'listIds',
        'jurisdiction',
        'consent.date',
        'name',
      ]),
    );
    expect(answer.text).not.toContain('Marie');
  });

  it.each([
    'no-at.example.org',
    'a@b',
    'a b@example.org',
    'a@example.org\r\nBcc: b@example.org',
    '"q"@example.org',
  ])('refuses %j, which is no address (400)', async (wrong) => {
    const answer = await post('/v1/recipients', { email: wrong });
    expect(faults(answer)).toEqual([400, 'email']);
  });

  it('refuses values that must not be kept, without repeating them (COL-5)', async () => {
    const answer = await post('/v1/recipients', {
      email: email(),
      fields: { firstName: '4111 1111 1111 1111', points: 'many', shoe: 42 },
    });
    expect(faults(answer)).toEqual([400, 'fields.firstName', 'fields.points', 'fields.shoe']);
    expect(answer.text).not.toMatch(/4111 ?1111/);
  });

  it('refuses a consent that is not whole (400) or not lawful (422)', async () => {
    const wrong: [object, number, string][] = [
      [{ kind: 'implied', date: '2026-01-15' }, 400, 'consent.basis'],
      [{ kind: 'express', basis: 'purchase', date: '2026-01-15' }, 400, 'consent.basis'],
      [{ kind: 'express', date: '2999-01-01' }, 422, 'consent.date'],
      [{ kind: 'implied', basis: 'donation', date: '2026-01-15' }, 422, 'consent.basis'],
      [{ ...express, wordingId: 'wrd_01jd0000000000000000000000' }, 422, 'consent.wordingId'],
    ];
    for (const [consent, status, path] of wrong) {
      expect(faults(await post('/v1/recipients', { email: email(), consent }))).toEqual([
        status,
        path,
      ]);
    }
  });

  it('changes nothing for a suppressed address and says why (409, IMP-4)', async () => {
    const address = email();
    const id = (await post('/v1/recipients', { email: address, listIds: [list] })).body.id;
    await post(`/v1/recipients/${id}/unsubscribe`, { scope: 'all' });
    const before = (await get(`/v1/recipients/${id}`)).body;
    const answer = await post('/v1/recipients', { email: address, fields: { firstName: 'X' } });
    expect([answer.status, answer.body.code]).toEqual([409, 'unsubscribed-all']);
    expect((await get(`/v1/recipients/${id}`)).body).toEqual(before);
  });
});

describe('a recipient’s own doors', () => {
  it('change fields and jurisdiction; null takes a value away', async () => {
    const id = await subscribed({ fields: { firstName: 'A', points: 1 } });
    const changed = await patch(`/v1/recipients/${id}`, {
      fields: { firstName: null, points: 2 },
      jurisdiction: 'FR',
    });
    expect(changed.body).toMatchObject({ fields: { points: 2 }, jurisdiction: 'FR' });
    expect(changed.body.fields).not.toHaveProperty('firstName');
    expect((await patch(`/v1/recipients/${id}`, { email: 'x@example.org' })).status).toBe(400);
  });

  it('change the language', async () => {
    const id = await subscribed();
    expect((await put(`/v1/recipients/${id}/language`, { language: 'en-ca' })).body.language).toBe(
      'en-CA',
    );
    expect((await put(`/v1/recipients/${id}/language`, { language: '' })).status).toBe(400);
  });

  it('record consents and their withdrawal', async () => {
    const id = await subscribed({ consent: undefined });
    const implied = await post(`/v1/recipients/${id}/consents`, {
      kind: 'implied',
      basis: 'purchase',
      date: '2026-03-31',
      evidence: { reference: 'INV-7' },
    });
    expect(implied.body.consent).toEqual({
      kind: 'implied',
      basis: 'purchase',
      date: '2026-03-31',
      lastDay: '2028-03-31',
    });
    expect((await post(`/v1/recipients/${id}/consents`, express)).body.consent.kind).toBe(
      'express',
    );
    expect((await post(`/v1/recipients/${id}/consents/withdraw`, {})).body.consent).toEqual({
      kind: 'none',
    });
    expect((await post(`/v1/recipients/${id}/consents`, { kind: 'express' })).status).toBe(400);
    expect((await post(`/v1/recipients/${id}/consents/withdraw`, { why: 1 })).status).toBe(400);
  });

  it('join and leave lists in one request, under one If-Match', async () => {
    const id = await subscribed();
    const { headers } = await get(`/v1/recipients/${id}`);
    const change = () =>
      api.call({
        method: 'POST',
        url: `/v1/recipients/${id}/lists`,
        key: tenant.key,
        body: { join: [otherList], leave: [list] },
        headers: { 'if-match': String(headers.etag) },
      });
    expect((await change()).body.lists).toEqual([
      expect.objectContaining({ listId: otherList, status: 'subscribed' }),
    ]);
    expect((await change()).status).toBe(412);
    expect((await post(`/v1/recipients/${id}/lists`, { join: 'all' })).status).toBe(400);
  });

  it('unsubscribe from a list, or from everything', async () => {
    const id = await subscribed({ listIds: [list, otherList] });
    const one = await post(`/v1/recipients/${id}/unsubscribe`, {
      scope: { listIds: [list] },
      reason: 'too much',
    });
    expect(one.body).toMatchObject({ status: 'active' });
    expect(one.body.lists.find(({ listId }: { listId: string }) => listId === list).status).toBe(
      'unsubscribed',
    );
    expect((await post(`/v1/recipients/${id}/unsubscribe`, { scope: 'all' })).body.status).toBe(
      'unsubscribed',
    );
    for (const scope of ['some', {}, { listIds: [] }, { listIds: [list], all: true }, null]) {
      expect(faults(await post(`/v1/recipients/${id}/unsubscribe`, { scope }))).toEqual([
        400,
        'scope',
      ]);
    }
  });

  it('bring one person back after the warning was read (UNS-6)', async () => {
    const id = await subscribed();
    const url = `/v1/recipients/${id}/reactivate`;
    expect((await get(url)).body.code).toBe('not-suppressed');
    await post(`/v1/recipients/${id}/unsubscribe`, { scope: 'all' });
    const warning = await get(url);
    expect(warning.body).toMatchObject({
      text: { fr: expect.any(String), en: expect.any(String) },
    });
    const body = { reason: 'called us', consent: { ...express, date: today() } };
    const unread = await post(url, { ...body, acknowledgedWarningId: 'no' });
    expect([unread.status, unread.body.code]).toEqual([409, 'warning-not-acknowledged']);
    const read = await post(url, { ...body, acknowledgedWarningId: warning.body.warningId });
    expect([read.status, read.body.status]).toEqual([200, 'active']);
    expect((await post(url, { reason: 'x' })).status).toBe(400);
  });

  it('have no warning once they are erased: it says why, as the reactivation itself does (UNS-6)', async () => {
    const id = await subscribed();
    await post(`/v1/recipients/${id}/erase`, { reason: 'asked' });
    const { status, body } = await get(`/v1/recipients/${id}/reactivate`);
    expect([status, body.code]).toEqual([409, 'erased']);
  });
});

describe('finding recipients', () => {
  it('by address at once, without a read model', async () => {
    const address = email();
    const id = (await post('/v1/recipients', { email: address, listIds: [list] })).body.id;
    const found = await get(`/v1/recipients?email=${encodeURIComponent(address.toUpperCase())}`);
    expect(found.body.items.map((each: { id: string }) => each.id)).toEqual([id]);
    expect((await get(`/v1/recipients?email=nobody%40example.org`)).body).toEqual({
      items: [],
      next: null,
    });
    expect((await get('/v1/recipients?email=none')).status).toBe(400);
  });

  it('by list, status and words, page by page', async () => {
    const own = (await post('/v1/lists', { name: { en: 'Own' } })).body.id;
    let after: unknown;
    for (const firstName of ['Zoé', 'Zoltan', 'Yann']) {
      after = (
        await post('/v1/recipients', { email: email(), listIds: [own], fields: { firstName } })
      ).headers['x-position'];
    }
    const names = (answer: Answered) =>
      answer.body.items
        .map(({ fields }: { fields: { firstName: string } }) => fields.firstName)
        .sort();
    expect(names(await get(`/v1/recipients?list=${own}&after=${after}`))).toEqual([
      'Yann',
      'Zoltan',
      'Zoé',
    ]);
    expect(names(await get(`/v1/recipients?list=${own}&q=zo`))).toEqual(['Zoltan', 'Zoé']);
    expect(names(await get(`/v1/recipients?list=${own}&status=unsubscribed`))).toEqual([]);
    const first = await get(`/v1/recipients?list=${own}&limit=2`);
    const second = await get(`/v1/recipients?list=${own}&limit=2&cursor=${first.body.next}`);
    expect([...names(first), ...names(second)].sort()).toEqual(['Yann', 'Zoltan', 'Zoé']);
    expect((await get('/v1/recipients?status=lost')).status).toBe(400);
  });
});

describe('a batch (IMP-2)', () => {
  it('gives each item its outcome, in order', async () => {
    const [one, two] = [email(), email()];
    const gone = email();
    const goneId = (await post('/v1/recipients', { email: gone })).body.id;
    await post(`/v1/recipients/${goneId}/unsubscribe`, { scope: 'all' });
    const answer = await post('/v1/recipients/batch', [
      { email: one, listIds: [list] },
      { email: 'none' },
      { email: two, colour: 'red' },
      { email: gone },
      { email: one, listIds: [list] },
      { email: one, fields: { firstName: 'Ann' } },
      7,
    ]);
    expect(answer.status).toBe(200);
    expect(
      answer.body.items.map(
        ({ outcome, code }: { outcome: string; code?: string }) => code ?? outcome,
      ),
    ).toEqual([
      'created',
      'invalid-address-syntax',
      'unknown-field',
      'unsubscribed-all',
      'unchanged',
      'updated',
      'invalid',
    ]);
    expect(answer.body.items.map(({ index }: { index: number }) => index)).toEqual([
      0, 1, 2, 3, 4, 5, 6,
    ]);
    const { id } = answer.body.items[0];
    expect((await get(`/v1/recipients/${id}`)).body.fields).toEqual({ firstName: 'Ann' });
  });

  it('takes NDJSON, and judges each line on its own', async () => {
    const body = [
      JSON.stringify({ email: email() }),
      '{"email":',
      '',
      '{"email":"\\ud800@example.org"}',
    ].join('\n');
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await api.call({
      method: 'POST',
      url: '/v1/recipients/batch',
      key: tenant.key,
      body,
      headers,
    });
    expect(answer.body.items.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'created',
      'refused',
      'refused',
    ]);
  });

  it('of ten thousand is done, of more refused', async () => {
    const items = Array.from({ length: 10_000 }, (_each, index) => ({
      email: `many${index}@example.org`,
    }));
    const answer = await post('/v1/recipients/batch', items);
    expect(
      answer.body.items.filter(({ outcome }: { outcome: string }) => outcome === 'created'),
    ).toHaveLength(10_000);
    const more = await post('/v1/recipients/batch', [...items, { email: email() }]);
    expect([more.status, more.body.code]).toEqual([422, 'too-many-items']);
    expect((await post('/v1/recipients/batch', { items })).status).toBe(400);
  }, 60_000);
});
