import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isShredded } from '#domain/kernel/index';
import { runApi, type RunningApi } from '../../testing/running-api.ts';
import { publicWorld, type PublicWorld } from '../testing/public-world.ts';
import { TRAP } from './submission.ts';

let api: RunningApi;
let world: PublicWorld;

beforeAll(async () => {
  api = await runApi();
  world = await publicWorld(api);
});
afterAll(() => api.close());

const path = (form: keyof PublicWorld['forms'], query = ''): string =>
  `/f/${world.forms[form]}${query}`;
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}"\\s+value="([^"]*)"`).exec(html)?.[1] ?? '';
const pairs = (fields: Record<string, string>) => Object.entries(fields);

describe('the form as a page (COL-1, COL-3)', () => {
  it('speaks the language asked for, else the browser’s, else the account’s first', async () => {
    const asked = await world.open(path('double', '?lang=en'), { 'accept-language': 'fr' });
    expect(asked.text).toContain('<html lang="en">');
    expect(asked.text).toContain('Get our news');
    const browser = await world.open(path('double'), {
      'accept-language': 'de, en-GB;q=0.9, fr;q=0.1',
    });
    expect(browser.text).toContain('<html lang="en">');
    const nothing = await world.open(path('double'), { 'accept-language': 'de' });
    expect(nothing.text).toContain('<html lang="fr">');
    expect(nothing.text).toMatch(/<a href="\?lang=en" lang="en" hreflang="en"\s*>English</);
  });

  it('says all that the law wants said before somebody agrees (C-17, P-36)', async () => {
    const { text } = await world.open(path('double', '?lang=en'));
    expect(text).toContain('I agree to receive the &lt;news&gt; of the Atelier.');
    expect(text).toContain('Atelier du Nord');
    expect(text).toContain('1, rue Principale, Montréal QC H2X 1Y4');
    expect(text).toContain('https://atelier.example');
    expect(text).toContain('You can withdraw your consent at any time');
    expect(text).toContain('privacy@atelier.example');
    expect(text).toMatch(/News\s*<br/);
  });

  it('never ticks the box beforehand, not even after an error (C-17)', async () => {
    const fresh = await world.open(path('double'));
    const again = await world.post(path('double'), [
      ['email', 'x'],
      ['consent', 'on'],
    ]);
    for (const { text } of [fresh, again]) {
      const box = /<input\s+type="checkbox"\s+id="consent"[^>]*>/.exec(text)?.[0] ?? '';
      expect(box).toContain('name="consent"');
      expect(box).not.toContain('checked');
    }
  });

  it('asks each field as its type needs it and hides the hidden ones (COL-4)', async () => {
    const { text } = await world.open(path('rich', '?lang=fr'));
    expect(text).toMatch(
      /<input\s+type="text"\s+id="field-firstName"[^>]*required[^>]*autocomplete="given-name"/s,
    );
    expect(text).toMatch(/type="date"\s+id="field-birthday"/);
    expect(text).toMatch(/type="checkbox"\s+id="field-vegetarian"/);
    expect(text).toMatch(/<select\s+id="field-region"/);
    expect(text).not.toContain('origin');
    expect(text).toContain('Que souhaitez-vous recevoir');
  });

  it('sets headers that keep it private, without script or anything from elsewhere (M-11)', async () => {
    const { headers, text } = await world.open(path('double'));
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-robots-tag']).toContain('noindex');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(text).not.toMatch(/<script|javascript:|onload=|style="/i);
    const sheet = /<link rel="stylesheet" href="([^"]+)"/.exec(text)?.[1] ?? '';
    const style = await api.call({ url: sheet });
    expect([style.status, style.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(style.text).toContain('prefers-color-scheme: dark');
  });

  it('answers HEAD without a body, and changes nothing by GET, HEAD or OPTIONS (M-11)', async () => {
    const before = await world.head();
    await world.open(path('double', '?email=a@b.example&consent=on'));
    const head = await api.call({ method: 'HEAD', url: path('double') });
    expect([head.status, head.text]).toEqual([200, '']);
    await api.call({ method: 'OPTIONS' as 'GET', url: path('double') });
    expect(await world.head()).toBe(before);
  });

  it('says kindly in both languages that there is no such form', async () => {
    const unknown = await world.open('/f/form_01jd0000000000000000000000');
    expect(unknown.status).toBe(404);
    expect(unknown.text).toContain('This link leads nowhere');
    expect(unknown.text).toContain('Ce lien ne mène nulle part');
  });
});

describe('a submission', () => {
  it('subscribes with the wording that was seen, its version and hash (C-18, COL-3)', async () => {
    const page = await world.open(path('single', '?lang=en'));
    const sent = await world.post(path('single', '?lang=en'), [
      ['email', 'Zoe@Example.org'],
      ['language', hidden(page.text, 'language')],
      ['wording', hidden(page.text, 'wording')],
      ['submission', hidden(page.text, 'submission')],
      ['consent', 'on'],
    ]);
    expect(sent.status).toBe(200);
    expect(sent.text).toContain('Thank you');
    expect(sent.text).not.toContain('Zoe');
    const id = await world.recipientOf('zoe@example.org');
    const history = await world.events(id);
    expect(history.map(({ event }) => event.type)).toEqual([
      'RecipientSubscribed',
      'ExpressConsentGiven',
      'PrivacyBasisRecorded',
    ]);
    const wording = await api.call({ url: `/v1/wordings/${world.wordingId}`, key: world.key });
    for (const { metadata } of history) {
      expect(metadata).toMatchObject({
        actor: { kind: 'recipient', id },
        channel: 'form',
        evidence: { formId: world.forms.single },
        wording: { wordingId: world.wordingId, version: 1, hash: wording.body.hash },
      });
    }
    expect((await world.recipient(id)).language).toBe('en');
  });

  it('keeps consent waiting until the address is confirmed (double opt-in)', async () => {
    await world.post(path('double'), pairs({ email: 'wait@example.org', consent: 'on' }));
    const waiting = await world.recipient(await world.recipientOf('wait@example.org'));
    expect(waiting.consents).toEqual([]);
    expect(waiting.pending).toMatchObject({ givesConsent: true, listIds: [world.lists.news] });
  });

  it('takes typed fields and chosen lists, and fills hidden ones itself (COL-4)', async () => {
    const sent = await world.post(path('rich'), [
      ['email', 'typed@example.org'],
      ['fields[firstName]', 'Zoé'],
      ['fields[children]', '2,5'],
      ['fields[birthday]', '1990-04-01'],
      ['fields[vegetarian]', 'true'],
      ['fields[region]', 'Québec'],
      ['fields[origin]', 'forged'],
      ['lists[]', world.lists.events],
      ['consent', 'on'],
    ]);
    expect(sent.status).toBe(200);
    const { fields, lists } = await world.recipient(await world.recipientOf('typed@example.org'));
    expect(isShredded(fields) ? {} : fields.reveal()).toEqual({
      firstName: 'Zoé',
      children: 2.5,
      birthday: '1990-04-01',
      vegetarian: true,
      region: 'Québec',
      origin: 'home page',
    });
    expect([...lists.keys()]).toEqual([world.lists.events]);
  });

  it('is recognised when the same page is sent twice: one request, one mail', async () => {
    const page = await world.open(path('double'));
    const form = pairs({
      email: 'twice@example.org',
      submission: hidden(page.text, 'submission'),
      consent: 'on',
    });
    await world.post(path('double'), form);
    const once = await world.events(await world.recipientOf('twice@example.org'));
    await world.post(path('double'), form);
    expect(await world.events(await world.recipientOf('twice@example.org'))).toHaveLength(
      once.length,
    );
  });

  it('answers the same for known, unknown, unsubscribed, invalid and erased addresses (C-27)', async () => {
    const at = {
      now: new Date().toISOString() as never,
      today: '2026-11-24' as never,
      timeZone: 'UTC',
    };
    const known = await world.subscriber('known@example.org', [world.lists.news]);
    const left = await world.subscriber('left@example.org', [world.lists.news]);
    await world.command(left, { type: 'Unsubscribe', ...at, scope: 'all', since: at.now });
    const invalid = await world.subscriber('bounced@example.org', [world.lists.news]);
    await world.command(invalid, {
      type: 'InvalidateAddress',
      ...at,
      cause: 'bounce',
      since: at.now,
    });
    await world.erase(await world.subscriber('erased@example.org', [world.lists.news]));
    expect(known).not.toBe(left);
    const emails = ['known', 'unknown', 'left', 'bounced', 'erased'].map(
      (name) => `${name}@example.org`,
    );
    for (const form of ['single', 'double'] as const) {
      const answers = [];
      for (const email of emails) {
        const { status, text } = await world.post(path(form), pairs({ email, consent: 'on' }));
        const json = await world.post(path(form), pairs({ email, consent: 'on' }), {
          accept: 'application/json',
        });
        answers.push([status, text, json.status, json.text]);
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
    // Who left comes back by confirming only; an invalid address does not come back.
    expect((await world.recipient(left)).unsubscribed).toBeDefined();
    expect((await world.recipient(left)).pending).toBeDefined();
    expect((await world.recipient(invalid)).pending).toBeUndefined();
  });

  it('comes back with what is to be corrected, in the page’s language and readable by all (COL-5)', async () => {
    const before = await world.head();
    const card = '4111 1111 1111 1111';
    const sent = await world.post(path('rich', '?lang=en'), [
      ['email', 'no address'],
      ['fields[firstName]', card],
      ['fields[children]', 'two'],
      ['language', 'en'],
    ]);
    expect(sent.status).toBe(422);
    expect(sent.text).not.toMatch(/4111 ?1111/);
    expect(sent.text).toMatch(/<title>Error: /);
    expect(sent.text).toMatch(/role="alert"\s+tabindex="-1"\s+autofocus/);
    for (const id of ['email', 'field-firstName', 'field-children', 'lists', 'consent']) {
      expect(sent.text).toContain(`href="#${id}"`);
      expect(sent.text).toContain(`id="${id}"`);
      expect(sent.text).toContain(`id="${id}-error"`);
    }
    expect(sent.text).toContain('value="no address"');
    expect(sent.text).toContain('looks like the number of a card');
    expect(sent.text).toContain('aria-invalid="true"');
    expect(await world.head()).toBe(before);
    expect(JSON.stringify(api.logged)).not.toMatch(/4111 ?1111/);
  });

  it('never shows again an address that holds a card number (COL-5)', async () => {
    const sent = await world.post(
      path('double'),
      pairs({ email: '4111111111111111', consent: 'on' }),
    );
    expect([sent.status, /4111 ?1111/.test(sent.text)]).toEqual([422, false]);
  });

  it('asks again when the text that was agreed to is not the form’s', async () => {
    const sent = await world.post(
      path('double', '?lang=en'),
      pairs({
        email: 'old@example.org',
        wording: 'wrd_01jd0000000000000000000000.1',
        consent: 'on',
      }),
    );
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('The text has changed');
  });

  it('asks again when a newer version came in between, and shows it (C-17, C-18)', async () => {
    const page = await world.open(path('single', '?lang=en'));
    const texts = { fr: 'Nouveau texte.', en: 'New text.' };
    await world.make(`/v1/wordings/${world.wordingId}/versions`, { texts });
    const before = await world.head();
    const sent = await world.post(
      path('single', '?lang=en'),
      pairs({
        email: 'seen@example.org',
        wording: hidden(page.text, 'wording'),
        consent: 'on',
      }),
    );
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('The text has changed');
    expect(sent.text).toContain('New text.');
    expect(await world.head()).toBe(before);
    await world.post(
      path('single', '?lang=en'),
      pairs({
        email: 'seen@example.org',
        wording: hidden(sent.text, 'wording'),
        statement: hidden(sent.text, 'statement'),
        consent: 'on',
      }),
    );
    const [first] = await world.events(await world.recipientOf('seen@example.org'));
    expect(first?.metadata.wording?.version).toBe(2);
  });

  it('thanks a robot that filled in the field nobody sees, and records nothing', async () => {
    const before = await world.head();
    const sent = await world.post(
      path('single'),
      pairs({ email: 'bot@example.org', consent: 'on', [TRAP]: 'x' }),
    );
    expect(sent.status).toBe(200);
    expect(await world.head()).toBe(before);
  });

  it('takes multipart and JSON too, and answers JSON to programs', async () => {
    const multipart = await api.call({
      method: 'POST',
      url: path('single'),
      body: '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nmulti@example.org\r\n--b\r\nContent-Disposition: form-data; name="consent"\r\n\r\non\r\n--b--\r\n',
      headers: { accept: 'text/html', 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(multipart.status).toBe(200);
    const json = await api.call({
      method: 'POST',
      url: path('single'),
      body: { email: 'json@example.org', language: 'en', consent: true },
      headers: { accept: 'application/json' },
    });
    expect([json.status, json.body.status]).toEqual([200, 'received']);
    expect((await world.recipient(await world.recipientOf('json@example.org'))).language).toBe(
      'en',
    );
    expect((await world.recipient(await world.recipientOf('multi@example.org'))).known).toBe(true);
  });

  it('tells a program what is wrong, as a problem', async () => {
    const wrong = await api.call({
      method: 'POST',
      url: path('rich'),
      body: { email: 'x', fields: { firstName: '4111111111111111' }, lists: [world.lists.news] },
      headers: { accept: 'application/json' },
    });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid-request']);
    expect(
      wrong.body.errors.map(({ path: at, code }: { path: string; code: string }) => [at, code]),
    ).toEqual([
      ['email', 'invalid-address-syntax'],
      ['fields.firstName', 'sensitive-value'],
      ['consent', 'missing'],
    ]);
    expect(wrong.text).not.toMatch(/4111 ?1111/);
    const more = await api.call({
      method: 'POST',
      url: path('single'),
      body: { email: 'x@example.org', consent: true, admin: true },
      headers: { accept: 'application/json' },
    });
    expect([more.status, more.body.errors[0].code]).toEqual([400, 'unknown-field']);
  });

  it.each([
    ['broken UTF-8', Buffer.from([0x65, 0xff]), 'application/x-www-form-urlencoded', 400],
    ['broken percent encoding', 'email=%FF', 'application/x-www-form-urlencoded', 400],
    ['a broken multipart', 'nothing', 'multipart/form-data; boundary=b', 400],
    ['malformed JSON', '{', 'application/json', 400],
    ['another type', '<a/>', 'application/xml', 415],
    ['too much', `email=${'x'.repeat(1_100_000)}`, 'application/x-www-form-urlencoded', 413],
  ])('refuses %s with a page, for a browser', async (_what, body, type, status) => {
    const sent = await api.call({
      method: 'POST',
      url: path('single'),
      body,
      headers: { accept: 'text/html', 'content-type': type },
    });
    expect(sent.status).toBe(status);
    expect(sent.headers['content-type']).toContain('text/html');
    expect(sent.text).toContain('<html');
  });

  it('leaves forms to the public pages: the API still speaks JSON only', async () => {
    const sent = await world.post('/v1/lists', pairs({ name: 'x' }), {
      authorization: `Bearer ${world.key}`,
    });
    expect([sent.status, sent.headers['content-type']]).toEqual([
      415,
      'application/problem+json; charset=utf-8',
    ]);
  });
});

describe('the OpenAPI document', () => {
  it('describes the pages as HTML, and what programs get', async () => {
    const { body } = await api.call({ url: '/openapi.json' });
    const pages = [
      '/f/{formId}',
      '/confirm/{token}',
      '/u/{token}',
      '/p/{token}',
      '/v/{token}',
      '/mailbox',
    ];
    for (const page of pages) {
      const { responses } = body.paths[page].get;
      expect(Object.keys(responses['200'].content)).toEqual(['text/html']);
    }
    const { requestBody, responses } = body.paths['/f/{formId}'].post;
    expect(Object.keys(requestBody.content).sort()).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ]);
    expect(Object.keys(responses).sort()).toEqual(['200', '404', '422', 'default']);
    expect(Object.keys(responses['200'].content).sort()).toEqual(['application/json', 'text/html']);
    const unsubscribing = body.paths['/u/{token}'].post.responses['200'].content;
    expect(Object.keys(unsubscribing).sort()).toEqual(['text/html', 'text/plain']);
  });
});
