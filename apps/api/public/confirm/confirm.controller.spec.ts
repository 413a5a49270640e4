import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { millisecondsOf, type RecipientId } from '#domain/kernel/index';
import { runApi, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';

const DAY = 86_400_000;
let api: RunningApi;
let world: PublicWorld;
let ahead = 0;

beforeAll(async () => {
  api = await runApi({ clock: () => Date.now() + ahead });
  world = await publicWorld(api);
});
afterAll(() => api.close());

/** Somebody who filled in the double opt-in form, and the link that their mail would carry. */
const asked = async (email: string): Promise<{ id: RecipientId; url: string }> => {
  await world.post(`/f/${world.forms.double}`, [
    ['email', email],
    ['language', 'en'],
    ['consent', 'on'],
  ]);
  const id = await world.recipientOf(email);
  const { pending } = await world.recipient(id);
  if (pending === undefined) throw new Error('Nothing waits.');
  const issued = millisecondsOf(pending.requestedAt);
  return { id, url: `/confirm/${world.token('confirm', id, world.forms.double, issued)}` };
};

describe('the link of a confirmation mail (C-20, C-27)', () => {
  it('asks by a button when opened, and changes nothing (M-11)', async () => {
    const { url } = await asked('opens@example.org');
    const before = await world.head();
    const page = await world.open(url);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('Confirm my subscription');
    expect(page.text).toContain('News');
    await api.call({ method: 'HEAD', url });
    expect(await world.head()).toBe(before);
  });

  it('confirms by the button: the lists, and consent with its proof', async () => {
    const { id, url } = await asked('confirms@example.org');
    const done = await world.post(url, []);
    expect([done.status, done.text.includes('Confirmed')]).toEqual([200, true]);
    const after = await world.recipient(id);
    expect(after.pending).toBeUndefined();
    expect(after.lists.get(world.lists.news)?.status).toBe('subscribed');
    expect(after.consents).toMatchObject([{ kind: 'express' }]);
    expect((await world.events(id)).at(-1)?.metadata).toMatchObject({
      actor: { kind: 'recipient', id },
      channel: 'form',
      evidence: { formId: world.forms.double },
    });
  });

  it('is no error when pressed twice, or opened again', async () => {
    const { id, url } = await asked('again@example.org');
    await world.post(url, []);
    const length = (await world.events(id)).length;
    expect((await world.post(url, [])).status).toBe(200);
    expect((await world.open(url)).text).toContain('Confirmed');
    expect(await world.events(id)).toHaveLength(length);
  });

  it('expires after seven days, and says how to start again (N-14)', async () => {
    const { id, url } = await asked('late@example.org');
    ahead = 7 * DAY + 60_000;
    for (const late of [await world.open(url), await world.post(url, [])]) {
      expect(late.status).toBe(410);
      expect(late.text).toContain('can no longer be used');
      expect(late.text).toContain(`href="/f/${world.forms.double}?lang=en"`);
    }
    ahead = 0;
    expect((await world.recipient(id)).lists.get(world.lists.news)?.status).toBe('unconfirmed');
  });

  it('gives way to the link of a newer request', async () => {
    const { url } = await asked('newer@example.org');
    ahead = 1_000;
    const newer = await asked('newer@example.org');
    ahead = 2_000;
    expect((await world.post(url, [])).status).toBe(410);
    expect((await world.post(newer.url, [])).status).toBe(200);
    ahead = 0;
  });

  it('no longer counts once the person has left everything', async () => {
    const { id, url } = await asked('left@example.org');
    await world.post(`/u/${world.token('unsubscribe', id)}`, [['choice', 'all']]);
    expect((await world.post(url, [])).status).toBe(410);
    expect((await world.recipient(id)).unsubscribed).toBeDefined();
  });

  it('is refused for an address that became invalid (C-27)', async () => {
    const { id, url } = await asked('bounced@example.org');
    const now = new Date().toISOString() as never;
    await world.command(id, {
      type: 'InvalidateAddress',
      now,
      today: '2026-11-24' as never,
      timeZone: 'UTC',
      cause: 'bounce',
      since: now,
    });
    expect((await world.post(url, [])).status).toBe(410);
    expect((await world.recipient(id)).lists.get(world.lists.news)?.status).toBe('unconfirmed');
  });

  it('says in both languages that a forged link leads nowhere', async () => {
    const before = await world.head();
    for (const answer of [await world.open('/confirm/x'), await world.post('/confirm/x', [])]) {
      expect(answer.status).toBe(404);
      expect(answer.text).toContain('Ce lien ne mène nulle part');
    }
    expect(await world.head()).toBe(before);
  });
});
