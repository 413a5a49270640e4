import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api, ['content']);
});
afterAll(() => api.close());

const post = (url: string, body: unknown) =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const get = (url: string) => api.call({ url, key: tenant.key });
const faults = (answer: { status: number; body: { errors: { path: string }[] } }) => [
  answer.status,
  ...answer.body.errors.map(({ path }) => path),
];

describe('lists', () => {
  it('are made, read, changed', async () => {
    const list = await post('/v1/lists', { name: { fr: 'Nouvelles', en: 'News' } });
    expect(list.body).toMatchObject({ name: { fr: 'Nouvelles', en: 'News' }, visible: true });
    const changed = await api.call({
      method: 'PATCH',
      url: `/v1/lists/${list.body.id}`,
      key: tenant.key,
      body: { description: { en: 'Monthly' } },
    });
    expect(changed.body).toMatchObject({ visible: true, description: { en: 'Monthly' } });
    expect((await get(`/v1/lists/${list.body.id}`)).body).toEqual(changed.body);
  });

  it('refuse names that are none (400)', async () => {
    for (const name of ['News', {}, { english: '' }, { en: '' }, { en: 7 }, null, undefined]) {
      expect(faults(await post('/v1/lists', { name }))).toEqual([400, 'name']);
    }
  });

  it('answer an id of another form as one that does not exist (404)', async () => {
    for (const id of ['list_00000000000000000000000000', 'list_1', '../lists', 'acc_1']) {
      expect((await get(`/v1/lists/${encodeURIComponent(id)}`)).status).toBe(404);
    }
  });
});

describe('fields (COL-4)', () => {
  const field = { key: 'tier', type: 'choice', label: { en: 'Tier' }, choices: ['gold', 'silver'] };

  it('are defined, changed and listed in their order', async () => {
    expect((await post('/v1/fields', field)).status).toBe(201);
    const again = await post('/v1/fields', { ...field, label: { en: 'Level' } });
    expect([again.status, again.body.label]).toEqual([200, { en: 'Level' }]);
    await post('/v1/fields', {
      key: 'born',
      type: 'date',
      label: { en: 'Birth' },
      sensitive: true,
    });
    const first = await get('/v1/fields?limit=1');
    expect(first.body.items).toEqual([again.body]);
    const second = await get(`/v1/fields?limit=1&cursor=${first.body.next}`);
    expect(second.body.items[0]).toMatchObject({ key: 'born', sensitive: true, hidden: false });
    expect(second.body.next).toBeNull();
  });

  it('keep their type (409)', async () => {
    const answer = await post('/v1/fields', { key: 'tier', type: 'text', label: { en: 'Tier' } });
    expect([answer.status, answer.body.code]).toEqual([409, 'field-type-fixed']);
  });

  it('refuse a key, a type and a choice that are none (400)', async () => {
    const answer = await post('/v1/fields', {
      key: '1st',
      type: 'colour',
      label: { en: 'x' },
      choices: [''],
    });
    expect(faults(answer)).toEqual([400, 'key', 'type', 'choices']);
  });
});

describe('wordings (COL-1)', () => {
  it('have versions that never change, each with the hash of its words', async () => {
    const first = await post('/v1/wordings', { purpose: 'News', texts: { en: 'I agree.' } });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      version: 1,
      // SHA-256 of {"en":"I agree."}
      hash: 'e1731af166554b2c8b1b138bfb89951598356562f69bb842729e22dde8c31735',
    });
    const url = `/v1/wordings/${first.body.id}`;
    const second = await post(`${url}/versions`, { texts: { en: 'I agree!' } });
    expect(second.body).toMatchObject({ version: 2, texts: { en: 'I agree!' } });
    expect(second.body.versions[0]).toEqual(first.body.versions[0]);
    expect((await get(url)).body).toEqual(second.body);
  });

  it('refuse an empty purpose and texts without a language (400)', async () => {
    const answer = await post('/v1/wordings', { purpose: '', texts: { 'no language': 'x' } });
    expect(faults(answer)).toEqual([400, 'purpose', 'texts']);
  });
});

describe('forms (COL-1)', () => {
  const terms = async () => ({
    name: 'Footer',
    listIds: [(await post('/v1/lists', { name: { en: 'News' } })).body.id],
    wordingId: (await post('/v1/wordings', { purpose: 'News', texts: { en: 'Yes', fr: 'Oui' } }))
      .body.id,
    optIn: 'double',
  });

  it('are made with what is usual, read and changed', async () => {
    const form = await post('/v1/forms', { ...(await terms()), fields: ['tier'] });
    expect(form.status).toBe(201);
    expect(form.body).toMatchObject({
      chooseLists: false,
      fields: [{ key: 'tier', required: false, hidden: false }],
      welcome: { enabled: true },
      url: `https://news.example.org/f/${form.body.id}`,
    });
    const changed = await api.call({
      method: 'PATCH',
      url: `/v1/forms/${form.body.id}`,
      key: tenant.key,
      body: { welcome: { subject: { en: 'Welcome' } }, optIn: 'single' },
    });
    expect(changed.body).toMatchObject({
      optIn: 'single',
      welcome: { enabled: true, subject: { en: 'Welcome' } },
    });
    expect((await get(`/v1/forms/${form.body.id}`)).body).toEqual(changed.body);
  });

  it('refuse what does not exist by the name of it (422)', async () => {
    const good = await terms();
    const codes = await Promise.all(
      [
        { listIds: ['list_01jd0000000000000000000000'] },
        { wordingId: 'wrd_01jd0000000000000000000000' },
        { fields: [{ key: 'unknown' }] },
      ].map(async (fault) => (await post('/v1/forms', { ...good, ...fault })).body.code),
    );
    expect(codes).toEqual(['unknown-list', 'unknown-wording', 'unknown-field']);
  });

  it('refuse wrong types, however deep (400)', async () => {
    const good = await terms();
    const answer = await post('/v1/forms', {
      ...good,
      optIn: 'triple',
      fields: [{ key: 'tier', required: 'yes', colour: 'red' }, 7],
      welcome: { enabled: 1 },
    });
    expect(faults(answer)).toEqual(
      expect.arrayContaining([
        400,
        'optIn',
        'fields.0.required',
        'fields.0.colour',
        'welcome.enabled',
      ]),
    );
  });

  it('let no body pass itself off as another class (400)', async () => {
    for (const disguise of ['{"constructor":{}}', '{"name":{"en":"x"},"prototype":{}}']) {
      const answer = await api.call({
        method: 'POST',
        url: '/v1/lists',
        key: tenant.key,
        body: disguise,
      });
      expect([answer.status, answer.body.errors[0].code]).toEqual([400, 'unknown-field']);
    }
  });
});
