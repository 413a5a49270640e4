import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civilDateIn, instantOf, plusDays, plusMonths } from '#domain/kernel/index';
import { runApi, type RunningApi } from '../testing/running-api.ts';
import { buildWorld, MJML, type World } from '../testing/world.ts';

let api: RunningApi;
let world: World;
beforeAll(async () => {
  api = await runApi();
  world = await buildWorld(api, 'hirondelle');
});
afterAll(() => api.close());

const call = (method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) =>
  api.call({ method, url, key: world.key, ...(body !== undefined && { body }) });
const newsletter = async (): Promise<string> =>
  (await call('POST', '/v1/newsletters', { name: 'Spring' })).body.id;

describe('newsletters (SND-1)', () => {
  it('have a version per language, each with the hash of its content', async () => {
    const id = await newsletter();
    const url = `/v1/newsletters/${id}/versions/fr-ca`;
    const set = await call('PUT', url, { subject: 'Printemps', mjml: MJML('Bonjour') });
    expect(set.status).toBe(200);
    expect(set.body).toMatchObject({
      language: 'fr-CA',
      subject: 'Printemps',
      mjml: MJML('Bonjour'),
    });
    expect((await call('GET', url)).body).toEqual(set.body);
    const other = await call('PUT', url, { subject: 'Printemps !', mjml: MJML('Bonjour') });
    expect(other.body.hash).not.toBe(set.body.hash);
    expect((await call('GET', `/v1/newsletters/${id}`)).body).toMatchObject({
      versions: ['fr-CA'],
      status: 'draft',
    });
  });

  it('C-29: keep every version that was set, to be read by its hash', async () => {
    const url = `/v1/newsletters/${await newsletter()}/versions/en`;
    const first = await call('PUT', url, { subject: 'First', mjml: MJML('Hello') });
    const second = await call('PUT', url, { subject: 'Second', mjml: MJML('Hello') });
    for (const { body } of [first, second]) {
      expect((await call('GET', `${url}?hash=${body.hash}`)).body).toEqual(body);
    }
    const other = url.replace(/en$/, 'fr');
    expect((await call('GET', `${other}?hash=${first.body.hash}`)).status).toBe(404);
    expect((await call('GET', `${url}?hash=${'0'.repeat(64)}`)).status).toBe(404);
    expect((await call('GET', `${url}?hash=latest`)).status).toBe(400);
  });

  it('refuse content without an unsubscribe link or the sender (C-21, C-22: 422)', async () => {
    const url = `/v1/newsletters/${await newsletter()}/versions/en`;
    const answer = await call('PUT', url, { subject: 'Hi', html: '<p>Hello</p>' });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid-template']);
    expect(answer.body.errors).toHaveLength(2);
    const broken = await call('PUT', url, { subject: '{{ recipient.email', mjml: MJML('x') });
    expect(broken.body.errors[0]).toMatchObject({ path: 'subject' });
  });

  it('refuse two bodies, none, and a language that is none (400)', async () => {
    const url = `/v1/newsletters/${await newsletter()}/versions`;
    expect((await call('PUT', `${url}/en`, { subject: 'x' })).status).toBe(400);
    expect((await call('PUT', `${url}/en`, { subject: 'x', html: 'a', mjml: 'b' })).status).toBe(
      400,
    );
    expect((await call('PUT', `${url}/not a language`, { subject: 'x', html: 'a' })).status).toBe(
      400,
    );
    expect((await call('POST', '/v1/newsletters', { name: 7 })).status).toBe(400);
  });
});

describe('a preview', () => {
  it('shows what one recipient would see, with links that change nothing', async () => {
    const { recipientId } = world;
    const answer = await call('POST', `/v1/newsletters/${world.newsletterId}/preview`, {
      recipientId,
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ language: 'en', subject: 'hirondelle' });
    for (const part of [answer.body.html, answer.body.text]) {
      expect(part).toContain('first@hirondelle.example');
      expect(part).toContain('https://news.example.org/u/preview');
    }
  });

  it('says when there is no version, or no such person', async () => {
    const { recipientId, newsletterId } = world;
    const none = await call('POST', `/v1/newsletters/${newsletterId}/preview`, {
      recipientId,
      language: 'fr',
    });
    expect([none.status, none.body.code]).toEqual([422, 'version-missing']);
    const wrong = await call('POST', `/v1/newsletters/${newsletterId}/preview`, {
      recipientId: 'x',
    });
    expect(wrong.status).toBe(400);
  });
});

describe('CON-4: the request for consent in a preview and in a test', () => {
  const ASKS = 'Would you still like to hear from us?';
  const today = civilDateIn('America/Toronto', instantOf(Date.now()));
  const customer = async (email: string, daysLeft: number): Promise<string> => {
    const consent = {
      kind: 'implied',
      basis: 'purchase',
      date: plusMonths(today, -6),
      expiresOn: plusDays(today, daysLeft),
      evidence: { reference: 'F-1' },
    };
    const privacyBasis = { kind: 'express' };
    const body = { email, language: 'en', listIds: [world.listId], consent, privacyBasis };
    return (await call('POST', '/v1/recipients', body)).body.id;
  };
  const preview = async (recipientId: string, more = {}) =>
    (await call('POST', `/v1/newsletters/${world.newsletterId}/preview`, { recipientId, ...more }))
      .body;

  it('is shown to whom it would be sent now, with a link that changes nothing', async () => {
    const near = await preview(await customer('near@hirondelle.example', 30));
    for (const part of [near.html, near.text]) {
      expect(part).toContain(ASKS);
      expect(part).toContain('your purchase or lease, on');
      expect(part).toContain('https://news.example.org/consent/preview');
    }
    expect((await preview(await customer('far@hirondelle.example', 91))).text).not.toContain(ASKS);
    expect((await preview(world.recipientId)).text).not.toContain(ASKS);
  });

  it('is shown to anybody when asked for, to see how it looks', async () => {
    const shown = await preview(world.recipientId, { consentRequest: true });
    expect(shown.html).toContain(ASKS);
    expect(shown.text).toContain(ASKS);
  });

  it('C-16: writes nothing', async () => {
    const id = await customer('quiet@hirondelle.example', 30);
    await preview(id);
    const { revision } = (await call('GET', `/v1/recipients/${id}`)).body;
    await preview(id, { consentRequest: true });
    expect((await call('GET', `/v1/recipients/${id}`)).body.revision).toBe(revision);
  });

  it('is in no test: who checks a newsletter is no recipient', async () => {
    await call('POST', `/v1/newsletters/${world.newsletterId}/test`, { to: ['ann@example.org'] });
    expect(String(api.sent.at(-1)?.source)).not.toContain('/consent/');
  });
});

describe('a test', () => {
  it('goes to each address in each language, once per request', async () => {
    const url = `/v1/newsletters/${world.newsletterId}/test`;
    const headers = { 'idempotency-key': 'test-1' };
    const body = { to: ['Ann@Example.org', 'bob@example.org'] };
    const sentBefore = api.sent.length;
    const answer = await api.call({ method: 'POST', url, key: world.key, body, headers });
    expect(answer.body.messages).toEqual([
      { to: 0, language: 'en', status: 'accepted', reply: '250' },
      { to: 1, language: 'en', status: 'accepted', reply: '250' },
    ]);
    await api.call({ method: 'POST', url, key: world.key, body, headers });
    const sent = api.sent.slice(sentBefore);
    expect(sent.map(({ envelope }) => envelope.to)).toEqual(['Ann@example.org', 'bob@example.org']);
    const source = String(sent[0]?.source);
    expect(source).toContain('List-Unsubscribe: <https://news.example.org/u/preview>');
    expect(source).toContain('Subject: hirondelle');
  });

  it('refuses what is no address, naming which (400)', async () => {
    const url = `/v1/newsletters/${world.newsletterId}/test`;
    const answer = await call('POST', url, {
      to: ['ok@example.org', 'not one', 'a@b\r\nBcc: c@d.example'],
    });
    expect([
      answer.status,
      ...answer.body.errors.map(({ path }: { path: string }) => path),
    ]).toEqual([400, 'to.1', 'to.2']);
    expect((await call('POST', url, { to: [] })).status).toBe(400);
  });
});
