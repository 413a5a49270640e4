import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { millisecondsOf } from '#domain/kernel/index';
import { statementKey, statementStream } from '#domain/statement/index';
import { publicWorld, type PublicWorld } from '../public/testing/public-world.ts';
import { runApi, type Answered, type RunningApi } from '../testing/running-api.ts';

let api: RunningApi;
let world: PublicWorld;
beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const get = (url: string, key = world.key): Promise<Answered> => api.call({ url, key });
const formUrl = (optIn: 'single' | 'double', language: string): string =>
  `/f/${world.forms[optIn]}?lang=${language}`;
const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(page)?.[1] ?? '';

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  '#39': "'",
};
/** What a person reads in the part of the page that asks for consent. */
const readOn = (page: string): string => {
  const [, inside = ''] =
    /<div id="statement"[^>]*>(.*)<\/div>\s*<p class="hint">/s.exec(page) ?? [];
  return inside
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replaceAll(/ +(?=[.,])/g, '');
};
const words = (text: string): string =>
  text
    .split(/[ \n]+/)
    .join(' ')
    .trim();

/** Opens the form, ticks the box, sends it as it is. */
const agree = async (email: string, language: string, optIn: 'single' | 'double' = 'single') => {
  const { text: page } = await world.open(formUrl(optIn, language));
  const sent = await world.post(formUrl(optIn, language), [
    ['email', email],
    ['language', hidden(page, 'language')],
    ['wording', hidden(page, 'wording')],
    ['statement', hidden(page, 'statement')],
    ['consent', 'on'],
  ]);
  expect(sent.status).toBe(200);
  const id = await world.recipientOf(email);
  return { id, read: words(readOn(page)), hash: hidden(page, 'statement') };
};
const statementUrl = (hash: string): string => `/v1/wordings/${world.wordingId}/statements/${hash}`;

const changeEverything = async (name: string): Promise<void> => {
  const texts = { fr: `Nouveau\u00a0: ${name}`, en: `New: ${name}` };
  await world.make(`/v1/wordings/${world.wordingId}/versions`, { texts });
  const account = await get('/v1/account');
  const sender = { ...account.body.sender, name, postalAddress: `2, rue ${name}` };
  const changed = await api.call({
    method: 'PATCH',
    url: '/v1/account',
    key: world.key,
    body: { sender },
  });
  expect(changed.status).toBe(200);
};

describe('C-18, P-15: what a person read when they ticked the box', () => {
  it('is on the page word for word, in French and English', async () => {
    for (const language of ['fr', 'en']) {
      const { text: page } = await world.open(formUrl('single', language));
      const now = await get(`/v1/forms/${world.forms.single}/statement?language=${language}`);
      expect(words(readOn(page))).toBe(words(now.body.text));
      expect(hidden(page, 'statement')).toBe(now.body.hash);
      expect(page).toContain(now.body.hash.slice(0, 12));
      expect(now.body).toMatchObject({ wordingId: world.wordingId, version: 1, language });
    }
  });

  it('is replayed from its hash after wording and identity changed, and after an erasure', async () => {
    const { id, read, hash } = await agree('may@example.org', 'fr');
    const [first] = await world.events(id);
    expect(first?.metadata.wording).toMatchObject({
      wordingId: world.wordingId,
      version: 1,
      language: 'fr',
      statementHash: hash,
    });
    await changeEverything('Atelier du Sud');
    await world.erase(id);

    const kept = await get(statementUrl(hash));
    expect(kept.status).toBe(200);
    expect(words(kept.body.text)).toBe(read);
    expect(kept.body.text).toContain('J’accepte de recevoir les <nouvelles> de l’Atelier.');
    expect(kept.body.text).toContain('Atelier du Nord vous demande votre accord.');
    expect(kept.body).toMatchObject({ wordingId: world.wordingId, language: 'fr', hash });
    expect(kept.body.versions).toEqual([{ version: 1, firstAgreedAt: expect.any(String) }]);
    // Anybody can compute it again from what was answered.
    expect(createHash('sha256').update(kept.body.hashed, 'utf8').digest('hex')).toBe(hash);
    expect(JSON.parse(kept.body.hashed)).toEqual({ language: 'fr', text: kept.body.text });
    const version = await get(`/v1/wordings/${world.wordingId}/versions/1`);
    expect(version.body.hash).toBe(first?.metadata.wording?.hash);
    expect(kept.body.text).toContain(version.body.texts.fr);
  });

  it('is found from the person’s timeline', async () => {
    const { id, hash } = await agree('timeline@example.org', 'en');
    const last = await world.make('/v1/lists', { name: { en: 'Later' } });
    const after = String(last.headers['x-position']);
    const { body } = await get(`/v1/recipients/${id}/timeline?after=${after}`);
    expect(body.items[0]).toMatchObject({
      wordingId: world.wordingId,
      wordingLanguage: 'en',
      statementHash: hash,
    });
    expect((await get(statementUrl(body.items[0].statementHash))).status).toBe(200);
  });

  it('goes with the consent that a confirmation gives (double opt-in)', async () => {
    const { id, hash } = await agree('double@example.org', 'en', 'double');
    const requested = (await world.recipient(id)).pending?.requestedAt;
    if (requested === undefined) throw new Error('Nothing waits for confirmation.');
    const token = world.token('confirm', id, world.forms.double, millisecondsOf(requested));
    await changeEverything('Atelier de l’Est');
    await world.post(`/confirm/${token}`, []);
    const given = (await world.events(id)).find(
      ({ event }) => event.type === 'ExpressConsentGiven',
    );
    expect(given?.metadata.wording).toMatchObject({ statementHash: hash, language: 'en' });
    expect((await get(statementUrl(hash))).body.text).not.toContain('Atelier de l’Est');
  });

  it('is kept once, however many agree to it, and not for who only looks', async () => {
    const { hash } = await agree('one@example.org', 'fr');
    await Promise.all([agree('two@example.org', 'fr'), agree('three@example.org', 'fr')]);
    const history = await api.engines.ledger.read(
      statementStream,
      statementKey(world.accountId, hash),
    );
    expect(history).toHaveLength(1);
    await changeEverything('Atelier de l’Ouest');
    const before = await world.head();
    const looked = hidden((await world.open(formUrl('single', 'fr'))).text, 'statement');
    expect((await get(statementUrl(looked))).status).toBe(404);
    expect(await world.head()).toBe(before);
  });

  it('says nothing of a text that a program did not name', async () => {
    const body = { email: 'program@example.org', language: 'en', consent: true };
    await api.call({ method: 'POST', url: `/f/${world.forms.single}`, body });
    const [first] = await world.events(await world.recipientOf(body.email));
    expect(first?.metadata.wording?.wordingId).toBe(world.wordingId);
    expect(first?.metadata.wording).not.toHaveProperty('statementHash');
  });

  it('is asked again when the sender’s identity changed while the page was open (C-17)', async () => {
    const { text: page } = await world.open(formUrl('single', 'en'));
    await changeEverything('Atelier du Lac');
    const before = await world.head();
    const sent = await world.post(formUrl('single', 'en'), [
      ['email', 'between@example.org'],
      ['statement', hidden(page, 'statement')],
      ['consent', 'on'],
    ]);
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('The text has changed');
    expect(readOn(sent.text)).toContain('Atelier du Lac');
    expect(await world.head()).toBe(before);
  });

  it('is not found by another hash, another wording, nor in another form of a hash', async () => {
    const { hash } = await agree('hash@example.org', 'en');
    const texts = { fr: 'Oui', en: 'Yes' };
    const other = await world.make('/v1/wordings', { purpose: 'other', texts });
    const urls = [
      statementUrl('0'.repeat(64)),
      statementUrl(hash.toUpperCase()),
      statementUrl(hash.slice(1)),
      statementUrl(`${hash}.x`),
      `/v1/wordings/${other.body.id}/statements/${hash}`,
    ];
    for (const url of urls) expect((await get(url)).status).toBe(404);
  });

  it('is gone, and says so, when the account’s key is destroyed', async () => {
    const other = await runApi();
    const there = await publicWorld(other);
    const { text: page } = await there.open(`/f/${there.forms.single}?lang=en`);
    const hash = hidden(page, 'statement');
    await there.post(`/f/${there.forms.single}`, [
      ['email', 'x@example.org'],
      ['language', 'en'],
      ['statement', hash],
      ['consent', 'on'],
    ]);
    const url = `/v1/wordings/${there.wordingId}/statements/${hash}`;
    expect((await other.call({ url, key: there.key })).status).toBe(200);
    const { accountId } = there;
    await other.engines.keyring.destroy({ accountId, subject: accountId });
    const gone = await other.call({ url, key: there.key });
    expect([gone.status, gone.body.code]).toEqual([410, 'statement-gone']);
    await other.close();
  });
});

describe('COL-1: versions of a wording', () => {
  it('are read one by one, and never change', async () => {
    const texts = { fr: 'Un', en: 'One' };
    const purpose = { fr: 'Nouvelles', en: 'News' };
    const made = await world.make('/v1/wordings', { purpose, texts });
    const url = `/v1/wordings/${made.body.id}`;
    expect(made.body.purpose).toEqual(purpose);
    const first = await get(`${url}/versions/1`);
    await world.make(`${url}/versions`, { texts: { fr: 'Deux', en: 'Two' } });
    expect((await get(`${url}/versions/1`)).body).toEqual(first.body);
    expect(first.body).toEqual({ version: 1, texts, hash: made.body.hash });
    expect((await get(`${url}/versions/2`)).body.texts.en).toBe('Two');
    for (const version of ['0', '3', '01', 'latest']) {
      expect((await get(`${url}/versions/${version}`)).status).toBe(404);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE'] as const) {
      const tried = await api.call({ method, url: `${url}/versions/1`, key: world.key, body: {} });
      expect([404, 405]).toContain(tried.status);
    }
  });

  it('are added by whoever saw the last one', async () => {
    const texts = { fr: 'Un', en: 'One' };
    const made = await world.make('/v1/wordings', { purpose: 'p', texts });
    const add = (en: string) =>
      api.call({
        method: 'POST',
        url: `/v1/wordings/${made.body.id}/versions`,
        key: world.key,
        body: { texts: { ...texts, en } },
        headers: { 'if-match': String(made.headers.etag) },
      });
    expect((await add('Two')).status).toBe(201);
    const late = await add('Three');
    expect([late.status, late.body.code]).toEqual([412, 'stale']);
  });
});
