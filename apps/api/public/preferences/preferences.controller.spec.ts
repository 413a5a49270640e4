import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isShredded, type RecipientId } from '#domain/kernel/index';
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

const reader = async (): Promise<{ id: RecipientId; url: string }> => {
  number += 1;
  const id = await world.subscriber(`person${String(number)}@example.org`, [
    world.lists.news,
    world.lists.events,
  ]);
  return { id, url: `/p/${world.token('preferences', id)}` };
};
const valuesOf = async (id: RecipientId) => {
  const { fields } = await world.recipient(id);
  return isShredded(fields) ? undefined : fields.reveal();
};
const PAGE = ['page', 'preferences'] as const;

describe('the preference page (SEG-1)', () => {
  it('shows language, visible lists and details, but nothing hidden or sensitive (P-26)', async () => {
    const { url } = await reader();
    const before = await world.head();
    const { status, text } = await world.open(url);
    expect(status).toBe(200);
    expect(text).toMatch(/id="language-fr"[^>]*checked/);
    expect(text).toMatch(new RegExp(`id="${world.lists.news}"[^>]*checked`));
    expect(text).not.toMatch(new RegExp(`id="${world.lists.offers}"[^>]*checked`));
    expect(text).toContain('value="Éloïse"');
    expect(text).not.toMatch(/Interne|Origine|Santé/);
    expect(text).toMatch(/href="\/u\/[\w-]{100,}"/);
    expect(await world.head()).toBe(before);
  });

  it('saves everything at once, as the person’s own doing', async () => {
    const { id, url } = await reader();
    const saved = await world.post(url, [
      PAGE,
      ['language', 'en'],
      ['lists[]', world.lists.news],
      ['lists[]', world.lists.offers],
      ['fields[firstName]', 'Zoé'],
      ['fields[region]', 'Québec'],
    ]);
    expect(saved.status).toBe(200);
    expect(saved.text).toContain('Your preferences are saved');
    const after = await world.recipient(id);
    expect(after.language).toBe('en');
    expect([...after.lists].map(([list, { status }]) => [list, status])).toEqual([
      [world.lists.news, 'subscribed'],
      [world.lists.events, 'unsubscribed'],
      [world.lists.offers, 'subscribed'],
    ]);
    expect(await valuesOf(id)).toEqual({ firstName: 'Zoé', region: 'Québec' });
    for (const { metadata } of (await world.events(id)).slice(-4)) {
      expect(metadata).toMatchObject({ actor: { kind: 'recipient', id }, channel: 'preferences' });
    }
  });

  it('writes nothing when nothing was changed', async () => {
    const { url } = await reader();
    const before = await world.head();
    await world.post(url, [
      PAGE,
      ['language', 'fr'],
      ['lists[]', world.lists.news],
      ['lists[]', world.lists.events],
      ['fields[firstName]', 'Éloïse'],
    ]);
    expect(await world.head()).toBe(before);
  });

  it('P-18: lets the person turn tracking off and on, in plain words, by POST alone', async () => {
    const { id, url } = await reader();
    const before = await world.head();
    expect((await world.open(url)).text).toMatch(/id="tracking-aggregate"[^>]*checked/);
    await world.open(`${url}?tracking=individual`);
    expect(await world.head()).toBe(before);
    const lists = [
      ['lists[]', world.lists.news],
      ['lists[]', world.lists.events],
    ] as const;
    const choose = (mode: string) =>
      world.post(url, [PAGE, ...lists, ['fields[firstName]', 'Éloïse'], ['tracking', mode]]);
    expect((await choose('off')).text).toMatch(/id="tracking-off"[^>]*checked/);
    expect((await world.recipient(id)).tracking).toBe('off');
    await choose('individual');
    const { event, metadata } = (await world.events(id)).at(-1) ?? {};
    expect(metadata).toMatchObject({ actor: { kind: 'recipient', id }, channel: 'preferences' });
    expect(event).toMatchObject({ type: 'TrackingConsentGiven', data: { mode: 'individual' } });
    expect(JSON.stringify(event && 'personal' in event && event.personal)).not.toContain('accepte');
    await choose('aggregate');
    const after = await world.recipient(id);
    expect([after.tracking, after.consents.length]).toEqual(['aggregate', 1]);
    const settled = await world.head();
    await choose('everything');
    expect(await world.head()).toBe(settled);
  });

  it('takes away what is emptied', async () => {
    const { id, url } = await reader();
    await world.post(url, [PAGE, ['language', 'fr'], ['fields[firstName]', '']]);
    expect(await valuesOf(id)).toEqual({});
  });

  it('refuses a value that must not be kept, changes nothing and does not repeat it (COL-5)', async () => {
    const { url } = await reader();
    const before = await world.head();
    const refused = await world.post(url, [
      PAGE,
      ['language', 'en'],
      ['fields[firstName]', '046 454 286'],
    ]);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#field-firstName"');
    expect(refused.text).not.toContain('046 454 286');
    expect(await world.head()).toBe(before);
  });

  it('does not take half a request for a wish to leave', async () => {
    const { url } = await reader();
    const before = await world.head();
    expect((await world.post(url, [])).status).toBe(400);
    expect((await world.post(url, [['language', 'en']])).status).toBe(400);
    expect(await world.head()).toBe(before);
  });

  it('lets nobody join what the account does not show, or come back by its button (C-27)', async () => {
    const { id, url } = await reader();
    await world.post(url, [PAGE, ['lists[]', world.lists.internal]]);
    expect((await world.recipient(id)).lists.has(world.lists.internal)).toBe(false);
    await world.post(`/u/${world.token('unsubscribe', id)}`, [['choice', 'all']]);
    await world.post(url, [PAGE, ['lists[]', world.lists.news]]);
    expect((await world.recipient(id)).lists.get(world.lists.news)?.status).toBe('unsubscribed');
    expect((await world.open(url)).text).toContain('Vous ne recevez plus rien');
  });

  it('is gone for somebody who was erased, and unknown for a forged link', async () => {
    const { id, url } = await reader();
    await world.erase(id);
    expect((await world.open(url)).status).toBe(410);
    expect((await world.post(url, [PAGE])).status).toBe(410);
    expect((await world.open('/p/x')).status).toBe(404);
  });
});
