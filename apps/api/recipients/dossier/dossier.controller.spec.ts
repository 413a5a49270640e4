import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { openTenant } from '../../testing/accounts.ts';
import { useDossierScene } from './testing/dossier-scene.ts';

const scene = useDossierScene();

describe('C-29: asking for a dossier', () => {
  it('is complete up to the moment of asking, and says which that is', async () => {
    const id = await scene.subscriber('moment@example.org');
    for (const language of ['en', 'fr', 'en']) {
      await scene.world.make(`/v1/recipients/${id}/language`, { language }, 'PUT');
      const answer = await scene.get(`/v1/recipients/${id}/dossier`);
      expect(answer.body.events.at(-1)).toMatchObject({ data: { language } });
      expect(answer.headers['x-position']).toEqual(expect.any(String));
      expect(answer.body.position).toEqual(expect.any(String));
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('is a page without script that stands alone, in French and English', async () => {
    const id = await scene.signUp('page@example.org', 'en');
    await scene.send(id);
    for (const [language, title] of [
      ['fr', 'Dossier de consentement'],
      ['en', 'Consent dossier'],
    ] as const) {
      const url = `/v1/recipients/${id}/dossier?language=${language}`;
      const { status, text, headers } = await scene.get(url, { accept: 'text/html' });
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).toContain(`<h1>${title}</h1>`);
      expect(text).not.toMatch(/<script|<link|src=|https?:\/\/(?!atelier|news\.example)/);
      expect(text).toContain('&lt;news&gt; of the Atelier');
      const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    }
  });

  it('answers in the language that the reader asks for, else the account’s', async () => {
    const id = await scene.subscriber('languages@example.org');
    const url = `/v1/recipients/${id}/dossier?format=html`;
    const languageOf = async (headers: Record<string, string>) =>
      /<html lang="(..)">/.exec((await scene.get(url, headers)).text)?.[1];
    expect(await languageOf({ 'accept-language': 'en-CA,fr;q=0.5' })).toBe('en');
    expect(await languageOf({ 'accept-language': 'de' })).toBe('fr');
    expect(await languageOf({})).toBe('fr');
  });

  it('refuses what is not asked well, in a sentence', async () => {
    const id = await scene.subscriber('asked@example.org');
    const url = `/v1/recipients/${id}/dossier`;
    for (const query of ['?format=pdf', '?language=de', '?at=now']) {
      const { status, body } = await scene.get(`${url}${query}`);
      expect([status, body.code]).toEqual([400, 'invalid-request']);
    }
    const none = await scene.get(url, { accept: 'image/png' });
    expect([none.status, none.body.code]).toEqual([406, 'not-acceptable']);
  });

  it('knows nobody of another account, nor an id that is none, in the same words', async () => {
    const id = await scene.subscriber('foreign@example.org');
    const other = await openTenant(scene.api);
    const unknown = 'rcp_01jd0000000000000000000001';
    const answers = await Promise.all([
      scene.get(`/v1/recipients/${id}/dossier`, {}, other.key),
      scene.get(`/v1/recipients/${unknown}/dossier`),
      scene.get('/v1/recipients/nobody/dossier'),
    ]);
    for (const { status, text } of answers) {
      expect(status).toBe(404);
      expect(text).toBe(answers[0].text);
    }
  });
});
