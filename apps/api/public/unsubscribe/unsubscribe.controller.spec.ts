import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ListId, RecipientId } from '#domain/kernel/index';
import { runApi, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';
import { ONE_CLICK_ANSWER } from './one-click.ts';

let api: RunningApi;
let world: PublicWorld;
let number = 0;

beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const ONE_CLICK = [['List-Unsubscribe', 'One-Click']] as const;

/** Somebody on news, events and offers, who got a newsletter by way of some lists. */
const reader = async (by: readonly ListId[]): Promise<{ id: RecipientId; url: string }> => {
  number += 1;
  const { news, events, offers } = world.lists;
  const id = await world.subscriber(`reader${String(number)}@example.org`, [news, events, offers]);
  await world.sendTo(id, by);
  return { id, url: `/u/${world.token('unsubscribe', id)}` };
};

const listsOf = async (id: RecipientId): Promise<readonly string[]> =>
  [...(await world.recipient(id)).lists].flatMap(([list, { status }]) =>
    status === 'subscribed' ? [list] : [],
  );

const multipart = (url: string) =>
  api.call({
    method: 'POST',
    url,
    body: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  });

describe('one-click (M-09, M-10, UNS-2)', () => {
  it('leaves the lists that the message was sent to, and no other: only C remains of A, B, C', async () => {
    const { id, url } = await reader([world.lists.news, world.lists.events]);
    const answer = await world.post(url, ONE_CLICK, { origin: 'https://mail.example' });
    expect([answer.status, answer.text]).toEqual([200, ONE_CLICK_ANSWER]);
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.headers.location).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await listsOf(id)).toEqual([world.lists.offers]);
    const last = (await world.events(id)).at(-1);
    expect(last?.metadata).toMatchObject({
      actor: { kind: 'recipient', id },
      channel: 'one-click',
      evidence: { newsletterId: world.newsletterId },
    });
  });

  it('takes multipart too; done twice, in both forms, it is one effect', async () => {
    const { id, url } = await reader([world.lists.news]);
    const first = await multipart(url);
    const length = (await world.events(id)).length;
    const second = await world.post(url, ONE_CLICK);
    expect([first.status, first.text]).toEqual([200, second.text]);
    expect(await world.events(id)).toHaveLength(length);
    expect(await listsOf(id)).toHaveLength(2);
  });

  it('is not stopped by what else is in the body', async () => {
    const { id, url } = await reader([world.lists.news]);
    const sent = await api.call({
      method: 'POST',
      url,
      body: '--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nfile\r\n--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect([sent.status, sent.text]).toEqual([200, ONE_CLICK_ANSWER]);
    expect((await world.recipient(id)).lists.get(world.lists.news)?.status).toBe('unsubscribed');
  });

  it('leaves everything when the message went to no list', async () => {
    const { id, url } = await reader([]);
    await world.post(url, ONE_CLICK);
    expect((await world.recipient(id)).unsubscribed).toBeDefined();
    expect(await listsOf(id)).toEqual([]);
  });

  it('leaves what the form subscribed to, from the welcome mail (COL-2)', async () => {
    await world.post(`/f/${world.forms.single}`, [
      ['email', 'welcome@example.org'],
      ['consent', 'on'],
    ]);
    const id = await world.recipientOf('welcome@example.org');
    await world.post(`/u/${world.token('unsubscribe', id, world.forms.single)}`, ONE_CLICK);
    expect((await world.recipient(id)).lists.get(world.lists.news)?.status).toBe('unsubscribed');
  });

  it('answers forged and foreign tokens the same, and does nothing (M-13)', async () => {
    const { id, url } = await reader([world.lists.news]);
    const token = url.slice('/u/'.length);
    const before = await world.head();
    for (const forged of [
      'x',
      'preview',
      token.slice(0, -1),
      `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`,
      world.token('preferences', id),
      'a'.repeat(2_000),
    ]) {
      const answer = await world.post(`/u/${forged}`, ONE_CLICK);
      expect([answer.status, answer.text]).toEqual([200, ONE_CLICK_ANSWER]);
    }
    expect(await world.head()).toBe(before);
  });

  it('works three years later, and for somebody who was erased (C-24)', async () => {
    const { id } = await reader([world.lists.news]);
    await world.erase(id);
    const issued = Date.now() - 3 * 365 * 86_400_000;
    const url = `/u/${world.token('unsubscribe', id, world.newsletterId, issued)}`;
    const answer = await world.post(url, ONE_CLICK);
    expect([answer.status, answer.text]).toEqual([200, ONE_CLICK_ANSWER]);
    expect((await world.events(id)).at(-1)?.event.type).toBe('RecipientUnsubscribed');
    expect((await world.open(url)).status).toBe(200);
  });
});

describe('the page (UNS-1, C-22, C-25)', () => {
  it('offers to stay, leave these lists, leave everything, and join another, each as one button', async () => {
    const { url } = await reader([world.lists.news]);
    const { status, text } = await world.open(url);
    expect(status).toBe(200);
    expect(text).toContain('<html lang="fr">');
    expect(text).toContain('Ne plus recevoir «\u00a0Nouvelles\u00a0»');
    expect(text).toMatch(/Vous restez sur\u00a0: Rencontres, Offres\./);
    expect(text).toContain('Me désabonner de tout');
    expect(text).not.toContain('Interne');
    expect(text).toMatch(/href="\/p\/[\w-]{100,}"/);
    expect(text).not.toMatch(/<script|example\.org/);
    expect((await world.open(`${url}?lang=en`)).text).toContain('Stop receiving “News”');
  });

  it('changes nothing by GET, HEAD or OPTIONS, whatever the address says (UNS-2, M-11)', async () => {
    const { url } = await reader([world.lists.news]);
    const before = await world.head();
    await world.open(`${url}?List-Unsubscribe=One-Click&choice=all`);
    expect((await api.call({ method: 'HEAD', url })).text).toBe('');
    await api.call({ method: 'OPTIONS' as 'GET', url });
    await api.call({ method: 'PUT', url, body: {} });
    expect(await world.head()).toBe(before);
  });

  it('leaves the lists of the message in one action', async () => {
    const { id, url } = await reader([world.lists.news, world.lists.events]);
    const done = await world.post(url, [
      ['choice', 'leave'],
      ['lists[]', world.lists.news],
      ['lists[]', world.lists.events],
    ]);
    expect([done.status, done.text.includes('C’est fait')]).toEqual([200, true]);
    expect(await listsOf(id)).toEqual([world.lists.offers]);
    expect((await world.events(id)).at(-1)?.metadata.channel).toBe('newsletter-link');
  });

  it('leaves everything in one action, and says how to come back', async () => {
    const { id, url } = await reader([world.lists.news]);
    const done = await world.post(url, [['choice', 'all']]);
    expect(done.status).toBe(200);
    expect((await world.recipient(id)).unsubscribed).toBeDefined();
    const after = await world.open(url);
    expect(after.text).toContain('Vous ne recevez plus rien');
    expect(after.text).not.toContain('name="choice"');
  });

  it('joins another list in one action; the others stay', async () => {
    const id = await world.subscriber('joiner@example.org', [world.lists.news]);
    await world.sendTo(id, [world.lists.news]);
    const url = `/u/${world.token('unsubscribe', id)}`;
    expect((await world.open(url)).text).toContain('M’abonner à «\u00a0Rencontres\u00a0»');
    const done = await world.post(url, [
      ['choice', 'join'],
      ['lists[]', world.lists.events],
    ]);
    expect(done.status).toBe(200);
    expect(await listsOf(id)).toEqual([world.lists.news, world.lists.events]);
  });

  it('refuses what no button of its sends: hidden lists, others’ lists, nothing at all', async () => {
    const { id, url } = await reader([world.lists.news]);
    const before = await world.head();
    for (const form of [
      [],
      [['choice', 'leave']],
      [['choice', 'sell']],
      [
        ['choice', 'join'],
        ['lists[]', world.lists.internal],
      ],
      [
        ['choice', 'leave'],
        ['lists[]', 'list_01jd0000000000000000000000'],
      ],
    ] as [string, string][][]) {
      expect((await world.post(url, form)).status).toBe(400);
    }
    expect(await world.head()).toBe(before);
    expect(await listsOf(id)).toHaveLength(3);
  });

  it('does not bring back by a button whoever left everything (C-27)', async () => {
    const { id, url } = await reader([world.lists.news]);
    await world.post(url, [['choice', 'all']]);
    await world.post(url, [
      ['choice', 'join'],
      ['lists[]', world.lists.news],
    ]);
    expect(await listsOf(id)).toEqual([]);
    expect((await world.recipient(id)).unsubscribed).toBeDefined();
  });

  it('says in both languages that a link leads nowhere', async () => {
    const unknown = await world.open('/u/nothing');
    expect(unknown.status).toBe(404);
    expect(unknown.text).toMatch(/lang="fr"[\s\S]*lang="en"|lang="en"[\s\S]*lang="fr"/);
  });
});
