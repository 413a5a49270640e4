import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { headersOf, linkIn, messagesTo, messageTo, oneClickOf } from './support/messages.ts';
import { startProduct, type RunningProgram } from './support/program.ts';
import { ACCOUNT, expressMapping, Publisher, SENDER } from './support/publisher.ts';
import { until } from './support/until.ts';

const CONSENTING = [
  ['anais@lecteurs.example', 'Anaïs', 'fr', '2025-03-01'],
  ['bob@readers.example', 'Bob', 'en', '2025-04-02'],
  ['chloe@lecteurs.example', 'Chloé', 'fr', '2025-05-03'],
  ['dan@readers.example', 'Dan', 'en', '2025-06-04'],
  ['eve@readers.example', 'Eve', 'en', '2025-07-05'],
] as const;
const [ANAIS, BOB, CHLOE, DAN, EVE] = CONSENTING.map(([email]) => email);
const NO_CONSENT = 'nobody-asked@readers.example';
const EXPIRED = 'long-ago@readers.example';

const csv = (rows: readonly (readonly string[])[]): string =>
  ['Email,Prenom,Langue,Date', ...rows.map((row) => row.join(','))].join('\n');

const people = csv(CONSENTING);

describe('the whole loop on one machine', () => {
  let directory: string;
  let sink: SmtpSink;
  let product: RunningProgram;
  let publisher: Publisher;
  let stranger: Client;
  let beforeImport: string;

  beforeAll(async () => {
    directory = await newDataDirectory();
    sink = await startSmtpSink();
    product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
    publisher = await Publisher.open(product);
    stranger = new Client(product.url);
    beforeImport = new Date().toISOString();
  });
  afterAll(async () => {
    await product.stop();
    await sink.close();
    await removeDataDirectory(directory);
  });

  const idOf = async (email: string): Promise<string> => (await publisher.find(email)).id;

  it('imports files whose rows consented, did not, or did long ago (IMP-1, CON-3)', async () => {
    const { listId, wordingId } = publisher;
    const mapping = expressMapping(listId, wordingId);
    expect(await publisher.import(people, mapping)).toMatchObject({
      status: 'completed',
      rows: 5,
      created: 5,
      refused: 0,
    });
    const none = { ...mapping, consent: { kind: 'none' }, ignore: ['Date'] };
    await publisher.import(csv([[NO_CONSENT, 'Nobody', 'en', '2025-01-01']]), none);
    const purchase = {
      kind: 'implied',
      basis: 'purchase',
      dateColumns: ['Date'],
      reference: 'orders',
    };
    const implied = { ...mapping, consent: purchase };
    await publisher.import(csv([[EXPIRED, 'Old', 'en', '2020-02-29']]), implied);
    await publisher.client.post(`/v1/recipients/${await idOf(String(EVE))}/unsubscribe`, {
      scope: 'all',
      reason: 'asked by telephone',
    });
  });

  it('sends each person who may be written to one message, in their language (SND-1, C-01)', async () => {
    const campaign = await publisher.start(await publisher.write('First'));
    const { counts, skippedBy } = await publisher.completed(campaign);
    expect(counts).toMatchObject({
      audience: 6,
      planned: 4,
      sent: 4,
      skipped: 2,
      failed: 0,
      uncertain: 0,
    });
    expect(skippedBy).toEqual({ 'no-consent': 1, 'consent-expired': 1 });

    for (const [email, firstName, language] of CONSENTING.slice(0, 4)) {
      const message = await messageTo(sink.received, email);
      const [subject, greeting] = { fr: ['Nouvelles pour', 'Bonjour'], en: ['News for', 'Hello'] }[
        language
      ];
      expect(message.subject).toBe(`${String(subject)} ${firstName}`);
      expect(message.html).toContain(`${String(greeting)} ${firstName}, ${email}`);
      expect(message.text).toContain(`${String(greeting)} ${firstName}, ${email}`);
      expect(message.text).toContain('12, rue du Phare');
    }
    expect([...sink.received.keys()].sort()).toEqual([ANAIS, BOB, CHLOE, DAN].sort());
  });

  it('writes the headers that mail providers ask for (M-01, M-02, M-03)', async () => {
    const source = sink.received.get(String(ANAIS))?.[0] ?? '';
    const message = await messageTo(sink.received, String(ANAIS));
    const once = (name: string): string => {
      const values = headersOf(message, name);
      expect([name, values.length]).toEqual([name, 1]);
      return values[0] ?? '';
    };
    expect(message.from?.value).toEqual([{ name: SENDER.name, address: SENDER.email }]);
    expect([message.to].flat().flatMap((to) => to?.value)).toEqual([{ name: '', address: ANAIS }]);
    expect(message.replyTo?.value.map(({ address }) => address)).toEqual([SENDER.email]);
    expect(once('message-id')).toMatch(/^<[^<>@\s]+@phare\.example>$/);
    expect(Date.parse(once('date'))).toBeGreaterThan(Date.parse(beforeImport) - 1_000);
    expect(once('mime-version')).toBe('1.0');
    expect(once('content-type')).toMatch(/^multipart\/alternative;/);
    expect(once('list-id')).toMatch(
      new RegExp(`<${publisher.listId}\\.[^<>\\s]+\\.phare\\.example>$`),
    );
    const url = `${product.url}/u/`.replaceAll('.', '\\.');
    expect(once('list-unsubscribe')).toMatch(
      new RegExp(`^<${url}[\\w-]+>, <mailto:[^>]+\\?subject=unsubscribe>$`),
    );
    expect(once('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(once('list-help')).toMatch(/^<https?:/);
    expect(headersOf(message, 'list-post')).toEqual([]);
    expect(
      Math.max(...source.split('\r\n').map((line) => Buffer.byteLength(line))),
    ).toBeLessThanOrEqual(998);
    const ids = await Promise.all(
      [ANAIS, BOB, CHLOE, DAN].map(
        async (to) => (await messageTo(sink.received, String(to))).messageId,
      ),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('takes one-click as a form and as multipart, without cookie and twice (UNS-2, M-09)', async () => {
    const urls = await Promise.all(
      [ANAIS, BOB].map(async (to) => oneClickOf(await messageTo(sink.received, String(to)))),
    );
    const multipart = new FormData();
    multipart.set('List-Unsubscribe', 'One-Click');
    const bodies = [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), multipart];
    const foreign = { origin: 'https://mail.example' };
    for (const [index, url] of urls.entries()) {
      const body = bodies[index];
      if (body === undefined) throw new Error('One body for each.');
      const answers = [
        await stranger.call('POST', url, { body, headers: foreign }),
        await stranger.call('POST', url, { body, headers: foreign }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(answers[0]?.headers.get('location')).toBeNull();
    }
    for (const email of [ANAIS, BOB]) {
      const timeline = await publisher.timeline(await idOf(String(email)));
      const left = timeline.filter(({ channel }) => channel === 'one-click');
      expect(left).toHaveLength(1);
      expect(left[0]).toMatchObject({ actor: { kind: 'recipient' } });
    }
  });

  it('does not change anything when a link is only looked at (M-10)', async () => {
    const url = linkIn(await messageTo(sink.received, String(CHLOE)), '/u/');
    const page = await stranger.call('GET', url);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="fr"');
    expect((await publisher.explain(await idOf(String(CHLOE)))).allow).toBe(true);
  });

  it('leaves out of the next campaign whoever left (SND-3, C-25)', async () => {
    const campaign = await publisher.start(await publisher.write('Second'));
    const { counts } = await publisher.completed(campaign);
    expect(counts).toMatchObject({ sent: 2, skipped: 2 });
    const sent = await Promise.all(
      [ANAIS, BOB, CHLOE, DAN].map(
        async (to) => (await messagesTo(sink.received, String(to))).length,
      ),
    );
    expect(sent).toEqual([1, 1, 2, 2]);
  });

  it('never sends one newsletter twice to one person (SND-3)', async () => {
    const newsletter = await publisher.write('Third');
    await publisher.completed(await publisher.start(newsletter));
    const again = await publisher.completed(await publisher.start(newsletter));
    expect(again.skippedBy).toEqual({
      'already-received': 2,
      'no-consent': 1,
      'consent-expired': 1,
    });
    expect(await messagesTo(sink.received, String(CHLOE))).toHaveLength(3);
  });

  it('tells each person’s history, and rests each explanation on it (CON-6, LED-1)', async () => {
    const expected = [
      [String(CHLOE), true, 'express-consent'],
      [String(ANAIS), false, 'unsubscribed-list'],
      [String(EVE), false, 'unsubscribed-all'],
      [NO_CONSENT, false, 'no-consent'],
      [EXPIRED, false, 'consent-expired'],
    ] as const;
    for (const [email, allow, code] of expected) {
      const id = await idOf(email);
      const known = new Set((await publisher.timeline(id)).map(({ eventId }) => eventId));
      const explained = await publisher.explain(id);
      expect(explained).toMatchObject({ allow });
      const reason = explained.reasons[0];
      expect([email, reason]).toEqual([
        email,
        {
          code,
          regime: 'casl',
          rule: expect.stringMatching(/./),
          section: expect.stringMatching(/./),
          text: { fr: expect.stringMatching(/./), en: expect.stringMatching(/./) },
          eventIds: expect.any(Array),
        },
      ]);
      const rests: string[] = explained.reasons.flatMap(
        (each: { eventIds: string[] }) => each.eventIds,
      );
      if (code !== 'no-consent') expect(rests.length).toBeGreaterThan(0);
      expect(rests.filter((eventId) => !known.has(eventId))).toEqual([]);
    }
  });

  it('knows a person as the ledger did before and after each change (CON-6)', async () => {
    const id = await idOf(String(ANAIS));
    const timeline = await publisher.timeline(id);
    const left = timeline.find(({ channel }) => channel === 'one-click');
    const before = new Date(Date.parse(left.recordedAt) - 1).toISOString();
    const state = async (at: string) =>
      publisher.client.call('GET', `/v1/recipients/${id}/state?at=${at}`);
    const statusAt = async (at: string) => (await state(at)).body.lists[0].status;
    expect((await state(beforeImport)).status).toBe(404);
    expect(await statusAt(before)).toBe('subscribed');
    expect(await statusAt(left.recordedAt)).toBe('unsubscribed');
    const explain = `/v1/recipients/${id}/explain?listId=${publisher.listId}&at=`;
    expect((await publisher.client.get(`${explain}${before}`)).body.allow).toBe(true);
    expect((await publisher.client.get(`${explain}${String(left.recordedAt)}`)).body.allow).toBe(
      false,
    );
  });

  const formFor = async (optIn: 'single' | 'double'): Promise<string> => {
    const { listId, wordingId, client } = publisher;
    const terms = { name: optIn, listIds: [listId], fields: ['firstName'], wordingId, optIn };
    return (await client.post('/v1/forms', terms)).body.id;
  };

  const submit = (formId: string, email: string, firstName: string) =>
    stranger.call('POST', `/f/${formId}`, {
      body: new URLSearchParams({
        email,
        'fields[firstName]': firstName,
        language: 'fr',
        consent: 'on',
      }),
    });

  const received = (email: string, count: number) =>
    until(`message ${String(count)} to a person`, async () => {
      const messages = await messagesTo(sink.received, email);
      return messages.length >= count && messages;
    });

  it('welcomes whoever signs up by a form, with a link that lets them leave at once (COL-1, COL-2)', async () => {
    const email = 'fanny@lecteurs.example';
    expect((await submit(await formFor('single'), email, 'Fanny')).status).toBe(200);
    const [welcome] = await received(email, 1);
    if (welcome === undefined) throw new Error('No welcome.');
    expect(welcome.html).toContain(email);
    expect(welcome.html).toContain('rue du Phare');
    const id = await until(
      'the person in the directory',
      async () => (await publisher.find(email))?.id,
    );
    expect((await publisher.explain(id)).allow).toBe(true);

    const link = linkIn(welcome, '/u/');
    expect((await stranger.call('GET', link)).status).toBe(200);
    const left = await stranger.call('POST', link, {
      body: new URLSearchParams({ choice: 'all' }),
    });
    expect(left.status).toBe(200);
    const { allow, reasons } = await publisher.explain(id);
    expect([allow, reasons[0].code]).toEqual([false, 'unsubscribed-all']);
  });

  it('writes to nobody before they confirmed a double opt-in (COL-3, C-20)', async () => {
    const email = 'gaston@lecteurs.example';
    expect((await submit(await formFor('double'), email, 'Gaston')).status).toBe(200);
    const [confirmation] = await received(email, 1);
    if (confirmation === undefined) throw new Error('No confirmation.');
    const id = await until(
      'the person in the directory',
      async () => (await publisher.find(email))?.id,
    );
    expect(await publisher.explain(id)).toMatchObject({ allow: false });

    const link = linkIn(confirmation, '/confirm/');
    expect((await stranger.call('GET', link)).status).toBe(200);
    expect(await publisher.explain(id)).toMatchObject({ allow: false });
    expect((await stranger.call('POST', link)).status).toBe(200);
    expect(await publisher.explain(id)).toMatchObject({ allow: true, basis: 'express' });
    const [, welcome] = await received(email, 2);
    expect(welcome?.subject).toContain(SENDER.name);
    const timeline = await publisher.timeline(id);
    expect(timeline.map(({ type }) => type)).toContain('SubscriptionConfirmed');
  });

  it('answers a form the same for the known, the suppressed and the unknown (COL-1)', async () => {
    const form = await formFor('single');
    const texts: string[] = [];
    for (const email of [String(CHLOE), String(EVE), 'hugo@lecteurs.example']) {
      const { status, text } = await submit(form, email, 'Une personne');
      expect(status).toBe(200);
      texts.push(text);
    }
    expect(new Set(texts).size).toBe(1);
  });

  it('serves the account that it was given', async () => {
    const { body } = await publisher.client.get('/v1/account');
    expect(body).toMatchObject({ id: publisher.accountId, name: ACCOUNT.name, sender: SENDER });
  });
});
