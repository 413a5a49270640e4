import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import type { AccountId } from '#domain/kernel/index';
import { newId } from '#libs/ledger/index';
import * as kernel from '#domain/kernel/index';
import { readPublicKeys } from '#libs/signatures/index';
import { openTenant, type Tenant } from '../../testing/accounts.ts';
import { runApi, type RunningApi } from '../../testing/running-api.ts';
import { checkReceipt, receiptText } from './signed-receipt.ts';

let api: RunningApi;
let tenant: Tenant;
let wordingId: string;
/** What the API's clock says, so that two receipts can be of the same instant. */
let time = Date.now();
beforeAll(async () => {
  api = await runApi({ clock: () => time });
  tenant = await openTenant(api);
  const texts = { fr: 'J’accepte.', en: 'I agree.' };
  const made = await post('/v1/wordings', { purpose: { fr: 'Nouvelles', en: 'News' }, texts });
  wordingId = String(made.body.id);
});
afterAll(() => api.close());

const post = (url: string, body: unknown) =>
  api.call({ method: 'POST', url, key: tenant.key, body });
const receiptOf = (id: string, query = '') =>
  api.call({ url: `/v1/recipients/${id}/receipt${query}`, key: tenant.key });
const keysOf = (accountId: string) => api.call({ url: `/receipt-keys/${accountId}` });

let count = 0;
const person = async (): Promise<Readonly<{ id: string; email: string }>> => {
  const email = `receipt${String((count += 1))}@example.org`;
  const answer = await post('/v1/recipients', {
    email,
    language: 'fr',
    consent: {
      kind: 'express',
      date: '2026-01-15',
      method: 'web form',
      source: 'shop',
      wordingId,
      evidence: { reference: 'F-1' },
    },
    privacyBasis: { kind: 'informed-at-collection' },
  });
  return { id: String(answer.body.id), email };
};

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajvFormats.default(ajv);
const isReceipt = ajv.compile(
  JSON.parse(readFileSync('docs/reference/consent-receipt.schema.json', 'utf8')) as object,
);

describe('P-16, CON-7: GET /v1/recipients/{id}/receipt', () => {
  it('gives the receipt as the one text that verifies with the published keys', async () => {
    const { id, email } = await person();
    const answer = await receiptOf(id);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      etag: expect.any(String),
    });
    expect(answer.text).toBe(receiptText(answer.body));
    expect([isReceipt(answer.body), isReceipt.errors]).toEqual([true, null]);
    expect(answer.body).toMatchObject({
      issued_by: tenant.accountId,
      keys_url: `https://news.example.org/receipt-keys/${tenant.accountId}`,
      pii_principal: { pii_principal_id: id, email, language: 'fr' },
      records: [
        {
          state: 'given',
          pii_processing: { purposes: [{ purpose: { fr: 'Nouvelles', en: 'News' } }] },
          event: [{ evidence: { method: 'web form', source: 'shop', reference: 'F-1' } }],
        },
        { state: 'given', event: [{ basis: 'informed-at-collection' }] },
        { state: 'none' },
      ],
    });
    const keys = await keysOf(tenant.accountId);
    expect(keys.status).toBe(200);
    const inForms = [keys.text, keys.body.keys[0].pem, keys.body.keys[0].x];
    for (const form of inForms) {
      expect(checkReceipt(answer.text, readPublicKeys(form))).toMatchObject({ ok: true });
    }
  });

  it('is the same text for the same state of the ledger and the same instant', async () => {
    const { id } = await person();
    const [first, second] = [await receiptOf(id), await receiptOf(id)];
    expect(second.text).toBe(first.text);
    time += 1_000;
    const later = await receiptOf(id);
    expect(later.body.receipt_id).not.toBe(first.body.receipt_id);
    expect(later.body.records).toEqual(first.body.records);
  });

  it('writes nothing to the ledger', async () => {
    const { id } = await person();
    const before = await api.engines.ledger.head();
    await receiptOf(id);
    expect(await api.engines.ledger.head()).toBe(before);
  });

  it('tells a whole life: withdrawal, tracking, and another basis', async () => {
    const { id } = await person();
    time += 86_400_000;
    await api.call({
      method: 'PUT',
      url: `/v1/recipients/${id}/tracking`,
      key: tenant.key,
      body: { mode: 'individual', date: '2026-02-01', method: 'web form', wordingId },
    });
    await post(`/v1/recipients/${id}/unsubscribe`, {
      scope: 'all',
      reason: 'Too much of Aunt Ada',
    });
    const { body, text } = await receiptOf(id);
    expect([isReceipt(body), isReceipt.errors]).toEqual([true, null]);
    expect(body.records.map(({ state }: { state: string }) => state)).toEqual([
      'withdrawn',
      'given',
      'given',
    ]);
    const [given, withdrawn] = body.records[0].event;
    expect(withdrawn).toMatchObject({ event_state: 'withdrawn', about_events: [given.event_id] });
    expect(text).not.toContain('Aunt Ada');
  });

  it('is to be had as a page with the signed file in it, in both languages (R-11)', async () => {
    const { id, email } = await person();
    const url = `/v1/recipients/${id}/receipt`;
    const signed = await receiptOf(id);
    for (const [language, title] of [
      ['fr', 'Reçu de consentement'],
      ['en', 'Consent receipt'],
    ]) {
      const headers = { accept: 'text/html', 'accept-language': String(language) };
      const { text, headers: said } = await api.call({ url, key: tenant.key, headers });
      expect(said).toMatchObject({
        'content-type': 'text/html; charset=utf-8',
        'content-language': language,
        'cache-control': 'no-store',
      });
      expect(text).toContain(`<h1>${title}</h1>`);
      expect(text).toContain(email);
      expect(text).not.toContain('<script');
      const file = /data:application\/json;base64,([^"]+)"/.exec(text)?.[1] ?? '';
      expect(Buffer.from(file, 'base64').toString()).toBe(signed.text);
    }
    const own = await api.call({ url: `${url}?format=html`, key: tenant.key });
    expect(own.headers['content-language']).toBe('fr');
    const other = await api.call({ url, key: tenant.key, headers: { accept: 'image/png' } });
    expect([other.status, other.body.code]).toEqual([406, 'not-acceptable']);
  });

  it('says in French what was asked, by which section and on what basis', async () => {
    const { id } = await person();
    await post(`/v1/recipients/${id}/consents`, {
      ...{ kind: 'implied', basis: 'purchase', date: '2026-02-01' },
      evidence: { reference: 'F-1' },
    });
    await post('/v1/recipients', {
      email: (await api.call({ url: `/v1/recipients/${id}`, key: tenant.key })).body.email,
      privacyBasis: { kind: 'informed-at-collection' },
    });
    const { text } = await receiptOf(id, '?format=html&language=fr');
    expect(text).toContain('Ce qui a été demandé à la personne');
    expect(text).toContain('tacite, achat, LCAP art. 10(10)');
    expect(text).toContain('informée lors de la collecte');
    expect(text).not.toMatch(/CASL|informed-at-collection/);
  });

  it('is refused of an erased person (PRV-2)', async () => {
    const { id, email } = await person();
    await post(`/v1/recipients/${id}/erase`, { reason: 'asked' });
    const refused = await receiptOf(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'erased']);
    expect(refused.text).not.toContain(email);
  });

  it('is not found of nobody, of another account and of what is no id', async () => {
    const { id } = await person();
    const other = await openTenant(api);
    const foreign = await api.call({ url: `/v1/recipients/${id}/receipt`, key: other.key });
    const nobody = await receiptOf(newId(kernel.RecipientId));
    const nonsense = await receiptOf('x');
    for (const answer of [foreign, nobody, nonsense]) {
      expect([answer.status, answer.text]).toEqual([404, nobody.text]);
    }
  });

  it('leaves no trace of the person in the log', async () => {
    const { id, email } = await person();
    await receiptOf(id);
    expect(JSON.stringify(api.logged)).not.toContain(email);
  });
});

describe('P-16: GET /receipt-keys/{accountId}', () => {
  it('keeps the keys of before, so that old receipts verify', async () => {
    const { id } = await person();
    const old = await receiptOf(id);
    time += 1_000;
    await api.engines.keyring.renewSigningKey(tenant.accountId as AccountId);
    const now = await receiptOf(id);
    const { body, text } = await keysOf(tenant.accountId);
    expect(body.keys).toHaveLength(2);
    expect(body.keys[0].validUntil).toBe(body.keys[1].validFrom);
    expect(body.keys[1].validUntil).toBeUndefined();
    for (const receipt of [old, now]) {
      expect(checkReceipt(receipt.text, readPublicKeys(text)).ok).toBe(true);
    }
    const current = readPublicKeys(String(body.keys[1].pem));
    expect(checkReceipt(old.text, current)).toEqual({ ok: false, error: 'other-key' });
    expect(checkReceipt(now.text, current).ok).toBe(true);
  });

  it('gives an account keys of its own, before its first receipt too', async () => {
    const [one, two] = [await openTenant(api), await openTenant(api)];
    const keys = await Promise.all([one, two, one].map(({ accountId }) => keysOf(accountId)));
    const ids = keys.map(({ body }) => String(body.keys[0].kid));
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('gives away no private key', async () => {
    const { text } = await keysOf(tenant.accountId);
    expect(text).not.toMatch(/"d"|PRIVATE/);
  });

  it('is not found for what is no account', async () => {
    const unknown = await keysOf(newId(kernel.AccountId));
    const nonsense = await keysOf('acc_x');
    expect([unknown.status, nonsense.status]).toEqual([404, 404]);
    expect(unknown.text).toBe(nonsense.text);
  });
});
