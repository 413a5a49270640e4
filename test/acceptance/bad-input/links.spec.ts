import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantOf, type AccountId, type FormId, type RecipientId } from '#domain/kernel/index';
import { sealLink, type LinkKind } from '#libs/public-links/index';
import { Client } from '../support/client.ts';
import {
  CANARY,
  closeScene,
  EMAIL,
  expectUnharmed,
  openScene,
  recorded,
  type Scene,
} from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => closeScene(scene));

describe('a link that is forged or too old', () => {
  const nobody = (): Client => new Client(scene.product.url);
  const eightDaysAgo = Date.now() - 8 * 86_400_000;

  const sealed = (kind: LinkKind, issued: number): string => {
    const { engines, ours, ids } = scene;
    const about = {
      accountId: ours.accountId as AccountId,
      recipientId: ids.recipient as RecipientId,
      about: ids.form as FormId,
    };
    const link = { ...about, kind, issued: instantOf(issued) };
    return sealLink(engines.keyring.tokenKey(), link);
  };

  it.each(['/u/', '/p/', '/v/', '/confirm/', '/consent/'])(
    '%s shows a page that helps, for what we never made',
    async (page) => {
      const before = await recorded(scene);
      for (const token of ['x', 'a'.repeat(200), '%00', encodeURIComponent(EMAIL)]) {
        const shown = await nobody().call('GET', `${page}${token}`);
        expect([token, shown.status]).toEqual([token, 404]);
        expect(shown.headers.get('content-type')).toMatch(/^text\/html/);
        expect(shown.text).not.toContain(CANARY);
      }
      expect(await recorded(scene)).toBe(before);
    },
  );

  it('opens for its own page only, and not when a letter is changed', async () => {
    const token = sealed('unsubscribe', Date.now());
    expect((await nobody().call('GET', `/u/${token}`)).status).toBe(200);
    expect((await nobody().call('GET', `/p/${token}`)).status).toBe(404);
    const middle = Math.trunc(token.length / 2);
    const other = token[middle] === 'A' ? 'B' : 'A';
    const forged = token.slice(0, middle) + other + token.slice(middle + 1);
    expect((await nobody().call('GET', `/u/${forged}`)).status).toBe(404);
  });

  it('answers one-click the same for every token, and does nothing for forged ones (M-09)', async () => {
    const before = await recorded(scene);
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    const forged = await nobody().call('POST', '/u/forged', { body });
    expect(forged.status).toBe(200);
    expect(await recorded(scene)).toBe(before);
    const real = await nobody().call('POST', `/u/${sealed('unsubscribe', Date.now())}`, {
      body,
    });
    expect([real.status, real.text]).toEqual([200, forged.text]);
    expect(await recorded(scene)).toBeGreaterThan(before);
  });

  it('confirms nothing after seven days, and says how to start again (C-20)', async () => {
    const before = await recorded(scene);
    const path_ = `/confirm/${sealed('confirm', eightDaysAgo)}`;
    for (const method of ['GET', 'POST'] as const) {
      const answer = await nobody().call(method, path_);
      expect(answer.status).toBe(410);
      expect(answer.text).toContain(`/f/${scene.ids.form}`);
    }
    expect(await recorded(scene)).toBe(before);
  });
});

describe('after all of this', () => {
  it('the log has no error, no stack, and nobody’s data, and the product goes on serving (O-03)', () =>
    expectUnharmed(scene));
});
