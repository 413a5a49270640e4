import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountId, clear, instantOf } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { streamDefinitions } from '#domain/streams';
import { openTenant, type Tenant } from '../testing/accounts.ts';
import { runApi, type Answered, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
let tenant: Tenant;
let listId: string;
let wordingId: string;

beforeAll(async () => {
  api = await runApi();
  tenant = await openTenant(api);
  listId = (await post('/v1/lists', { name: { fr: 'Nouvelles', en: 'News' } })).body.id;
  wordingId = await wording({ fr: 'J’accepte.', en: 'I agree.' });
  for (const key of ['consent', 'origin']) {
    await post('/v1/fields', { key, type: 'text', label: { en: key } });
  }
});
afterAll(() => api.close());

const post = (url: string, body: unknown): Promise<Answered> =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const wording = async (texts: object, purpose: unknown = 'News'): Promise<string> =>
  (await post('/v1/wordings', { purpose, texts })).body.id;
const publish = (more: object = {}): Promise<Answered> =>
  post('/v1/forms', { name: 'Footer', listIds: [listId], wordingId, optIn: 'single', ...more });
const refusalOf = ({ status, body }: Answered) => [
  status,
  body.code,
  ...body.errors.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`),
];

describe('C-17, COL-1: a form is published only with a request for consent as the law wants it', () => {
  it('when all is said and the box is the person’s own', async () => {
    expect((await publish()).status).toBe(201);
    expect((await publish({ preTicked: false })).status).toBe(201);
    const hidden = [{ key: 'origin', hidden: true, value: 'footer' }];
    const made = await publish({ fields: hidden });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty('preTicked');
  });

  it('not without a text in each language of the account', async () => {
    const incomplete = await publish({ wordingId: await wording({ en: 'I agree.' }) });
    expect(refusalOf(incomplete)).toEqual([
      422,
      'wording-text-missing',
      'wording-text-missing wordingId',
    ]);
    expect(incomplete.body.errors[0].message).toMatch(/no text in fr.*C-17/);
  });

  it('not without the purpose in each language', async () => {
    const texts = { fr: 'J’accepte.', en: 'I agree.' };
    const half = await publish({ wordingId: await wording(texts, { en: 'News' }) });
    expect(refusalOf(half)).toEqual([422, 'purpose-missing', 'purpose-missing wordingId']);
  });

  it('not with a box ticked beforehand, nor a consent that the account fills in', async () => {
    expect(refusalOf(await publish({ preTicked: true }))).toEqual([
      422,
      'pre-ticked-box',
      'pre-ticked-box preTicked',
    ]);
    const fields = [{ key: 'origin' }, { key: 'consent', hidden: true, value: 'yes' }];
    expect(refusalOf(await publish({ fields }))).toEqual([
      422,
      'pre-ticked-box',
      'pre-ticked-box fields.1.hidden',
    ]);
  });

  it('not with consent bundled into other terms', async () => {
    const texts = { fr: 'J’accepte les conditions générales.', en: 'I agree.' };
    expect(refusalOf(await publish({ wordingId: await wording(texts) }))).toEqual([
      422,
      'consent-bundled',
      'consent-bundled wordingId',
    ]);
  });

  it('told all that is missing at once, and nothing is written', async () => {
    const id = await wording({ en: 'I agree to the terms of use.' });
    const before = await api.engines.ledger.head();
    const refused = await publish({ wordingId: id, preTicked: true });
    expect(refusalOf(refused)).toEqual([
      422,
      'wording-text-missing',
      'wording-text-missing wordingId',
      'consent-bundled wordingId',
      'pre-ticked-box preTicked',
    ]);
    for (const { message } of refused.body.errors) expect(message).toContain('C-17');
    const events = await api.engines.ledger.readAll({
      after: before,
      limit: 10,
      formats: streamDefinitions,
    });
    expect(events).toEqual([]);
  });

  it('nor changed into one that is not', async () => {
    const { body } = await publish();
    const change = (more: object) =>
      api.call({ method: 'PATCH', url: `/v1/forms/${body.id}`, key: tenant.key, body: more });
    const english = await wording({ en: 'I agree.' });
    expect((await change({ wordingId: english })).body.code).toBe('wording-text-missing');
    expect((await change({ preTicked: true })).body.code).toBe('pre-ticked-box');
    expect((await change({ name: 'Header' })).status).toBe(200);
    const same = await api.call({ url: `/v1/forms/${body.id}`, key: tenant.key });
    expect(same.body).toMatchObject({ wordingId, name: 'Header' });
  });

  it('not while the account, opened before these rules, does not say who asks', async () => {
    const old = await openTenant(api);
    const accountId = AccountId.parse(old.accountId);
    const blank = { name: ' ', email: 'a@old.example', postalAddress: '', onBehalfOf: ' ' };
    await api.engines.ledger.append({
      format: accountStream,
      key: accountId,
      expected: 0,
      events: [
        {
          type: 'AccountContactsChanged',
          data: { changed: ['sender'] },
          personal: clear({ sender: blank }),
        },
      ],
      context: {
        accountId,
        actor: { kind: 'operator' },
        channel: 'cli',
        commandId: '0f0b3f0e-6d3a-4c38-9d43-0a4b8b7f9f01',
        correlationId: 'before the rules',
        now: instantOf(Date.now()),
      },
    });
    const make = (url: string, body: unknown) =>
      api.call({ method: 'POST', url, key: old.key, body });
    const list = (await make('/v1/lists', { name: { en: 'News' } })).body.id;
    const texts = { fr: 'J’accepte.', en: 'I agree.' };
    const words = (await make('/v1/wordings', { purpose: 'News', texts })).body.id;
    const terms = { name: 'Old', listIds: [list], wordingId: words, optIn: 'single' };
    expect(refusalOf(await make('/v1/forms', terms))).toEqual([
      422,
      'sender-name-missing',
      'sender-name-missing sender.name',
      'sender-address-missing sender.postalAddress',
      'sender-contact-missing sender',
      'on-behalf-unclear sender.onBehalfOf',
    ]);
  });
});

describe('C-17: a form whose wording lost a language', () => {
  it('is offered in the languages that the wording still speaks', async () => {
    const id = await wording({ fr: 'J’accepte.', en: 'I agree.' });
    const form = (await publish({ wordingId: id })).body.id;
    await post(`/v1/wordings/${id}/versions`, { texts: { fr: 'Je consens.' } });
    const page = await api.call({ url: `/f/${form}?lang=en`, headers: { accept: 'text/html' } });
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toContain('Je consens.');
    expect(page.text).not.toContain('hreflang="en"');
  });
});
