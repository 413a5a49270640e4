import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civilDateIn, clear, instantOf, plusDays, plusMonths } from '#domain/kernel/index';
import { presentEvidence } from '#domain/recipient/index';
import { runApi, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';

let api: RunningApi;
let world: PublicWorld;
let number = 0;

beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const reader = async () => {
  number += 1;
  const id = await world.subscriber(`viewer${String(number)}@example.org`, [world.lists.news]);
  await world.sendTo(id, [world.lists.news]);
  return { id, url: `/v/${world.token('view', id)}` };
};

describe('view in browser (LNG-1, P-24)', () => {
  it('shows the person’s version, and links to the others', async () => {
    const { url } = await reader();
    const page = await world.open(url);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="fr">');
    expect(page.text).toContain('<h1>Bonjour Éloïse</h1>');
    expect(page.text).toContain('href="?lang=en"');
    expect(page.text).not.toContain('Recevoir désormais');
    const content = await world.open(`${url}/content?lang=fr`);
    expect(content.text).toContain('<h1>Bonjour Éloïse</h1>');
    expect(content.text).toMatch(/href="https:\/\/news\.example\.org\/u\/[\w-]{100,}"/);
    expect(content.text).toContain('1, rue Principale');
  });

  it('shows another language without changing anything', async () => {
    const { url } = await reader();
    const before = await world.head();
    const page = await world.open(`${url}?lang=en`);
    expect(page.text).toContain('<h1>Hello Éloïse</h1>');
    expect(page.text).toContain('Receive in English from now on');
    expect(page.text).toContain(`src="${url}/content?lang=en"`);
    await api.call({ method: 'HEAD', url: `${url}?lang=en` });
    await world.open(`${url}/content?lang=en`);
    expect(await world.head()).toBe(before);
  });

  it('changes the language by the button, once, with its time', async () => {
    const { id, url } = await reader();
    const done = await world.post(`${url}?lang=en`, [['language', 'en']]);
    expect(done.status).toBe(200);
    expect(done.text).toContain('You will receive our e-mails in English from now on.');
    expect((await world.recipient(id)).language).toBe('en');
    const last = (await world.events(id)).at(-1);
    expect(last?.event).toMatchObject({
      type: 'LanguageChanged',
      data: { language: 'en', previous: 'fr' },
    });
    expect(last?.metadata).toMatchObject({
      actor: { kind: 'recipient', id },
      channel: 'newsletter-link',
      evidence: { newsletterId: world.newsletterId },
    });
    const length = (await world.events(id)).length;
    await world.post(`${url}?lang=en`, [['language', 'en']]);
    expect(await world.events(id)).toHaveLength(length);
  });

  it('CON-4: shows the request for consent that the message carried, and no other', async () => {
    const id = await world.recipientOf('customer@example.org');
    const url = `/v/${world.token('view', id)}`;
    const now = instantOf(Date.now());
    const today = civilDateIn('America/Toronto', now);
    const at = { now, today, timeZone: 'America/Toronto' };
    const account = {
      timeZone: 'America/Toronto',
      regimes: ['casl'],
      organisationType: 'commercial',
    } as const;
    const proof = { method: 'shop', source: 'till', reference: 'F-1' };
    const date = plusMonths(today, -6);
    const expiresOn = plusDays(today, 30);
    await world.make('/v1/recipients', {
      ...{ email: 'customer@example.org', language: 'fr', listIds: [world.lists.news] },
    });
    await world.sendTo(id, [world.lists.news]);
    expect((await world.open(`${url}/content`)).text).not.toContain('/consent/');
    await world.command(id, {
      type: 'RecordConsent',
      ...at,
      ...{ proof: clear(proof), evidence: presentEvidence(proof), organisationType: 'commercial' },
      grant: { kind: 'implied', basis: 'purchase', date, expiresOn },
    });
    const newsletter = { id: world.newsletterId, withinDays: 90 };
    await world.command(id, { type: 'RequestConsent', ...at, account, newsletter });
    const shown = await world.open(`${url}/content`);
    expect(shown.text).toContain('Souhaitez-vous encore recevoir nos messages');
    expect(shown.text).toContain('votre achat ou location, le');
    expect(shown.text).toMatch(/href="https:\/\/news\.example\.org\/consent\/[\w-]{100,}"/);
    const english = await world.open(`${url}/content?lang=en`);
    expect(english.text).toContain('Would you still like to hear from us?');
  });

  it('keeps the newsletter apart: no script runs, nothing of ours can be read', async () => {
    const { url } = await reader();
    const page = await world.open(url);
    expect(page.text).toMatch(/<iframe[^>]*sandbox="allow-popups/);
    expect(page.text).not.toMatch(/sandbox="[^"]*allow-(scripts|same-origin|forms)/);
    expect(page.text).not.toContain('<script');
    const { headers, text } = await world.open(`${url}/content`);
    const policy = String(headers['content-security-policy']);
    expect(text).toContain('<script');
    expect(policy).toMatch(/^sandbox allow-popups/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin/);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(text).toContain('<base target="_top">');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('refuses a language that the newsletter does not have', async () => {
    const { url } = await reader();
    const before = await world.head();
    for (const language of ['de', '', 'x'.repeat(200)]) {
      expect((await world.post(url, [['language', language]])).status).toBe(400);
    }
    expect(await world.head()).toBe(before);
  });

  it('is gone for somebody who was erased, and unknown for forged links and other mail', async () => {
    const { id, url } = await reader();
    await world.erase(id);
    expect((await world.open(url)).status).toBe(410);
    expect((await world.open(`${url}/content`)).status).toBe(410);
    expect((await world.open('/v/x')).status).toBe(404);
    expect((await world.open(`/v/${world.token('view', id, world.forms.single)}`)).status).toBe(
      404,
    );
  });
});
