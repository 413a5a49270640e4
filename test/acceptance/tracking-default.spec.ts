import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { linkIn, messagesTo } from './support/messages.ts';
import { runToEnd, startProduct, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const HEAD = 'Email,Prenom,Langue,Date';
const TICKED = { language: 'fr', consent: 'on' };

/** Every path by which somebody new can come, and the address that comes by it. */
const PATHS = {
  'the API': 'api@neuf.example',
  'a batch': 'batch@neuf.example',
  'an import with consent': 'import@neuf.example',
  'an import without consent': 'import-none@neuf.example',
  'an import of people who left': 'import-left@neuf.example',
  'a form': 'form@neuf.example',
  'a form, unconfirmed': 'waiting@neuf.example',
  'a form, confirmed': 'confirmed@neuf.example',
  'the command line': 'cli@neuf.example',
  'a return after an erasure': 'back@neuf.example',
} as const;

describe('P-18, P-20: a new contact, created by any path', () => {
  let directory: string;
  let sink: SmtpSink;
  let product: RunningProgram;
  let publisher: Publisher;
  let stranger: Client;
  let forms: Readonly<Record<'single' | 'double', string>>;

  beforeAll(async () => {
    directory = await newDataDirectory();
    sink = await startSmtpSink();
    product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
    publisher = await Publisher.open(product);
    stranger = new Client(product.url);
    forms = { single: await form('single'), double: await form('double') };
    await bringEverybody();
  }, 60_000);
  afterAll(async () => {
    await product.stop();
    await sink.close();
    await removeDataDirectory(directory);
  });

  const form = async (optIn: string): Promise<string> => {
    const { listId, wordingId, client } = publisher;
    const terms = { name: optIn, listIds: [listId], wordingId, optIn };
    return (await client.post('/v1/forms', terms)).body.id;
  };
  const signUp = (email: string, optIn: 'single' | 'double') =>
    stranger.post(`/f/${forms[optIn]}`, new URLSearchParams({ email, ...TICKED }));
  const confirm = async (email: string): Promise<void> => {
    const mail = await until('the confirmation mail', async () =>
      (await messagesTo(sink.received, email)).at(-1),
    );
    await stranger.post(linkIn(mail, '/confirm/'), new URLSearchParams());
  };
  const known = (email: string) =>
    until('the directory to know the person', () => publisher.find(email));

  const bringEverybody = async (): Promise<void> => {
    const { client, listId, wordingId, accountId } = publisher;
    const consent = {
      ...{ kind: 'express', date: '2026-02-01', method: 'paper', source: 'fair' },
      evidence: { reference: 'card' },
    };
    const person = (email: string) => ({ email, listIds: [listId], consent });
    await client.post('/v1/recipients', person(PATHS['the API']));
    await client.post('/v1/recipients/batch', [person(PATHS['a batch'])]);
    const mapping = expressMapping(listId, wordingId);
    const row = (email: string) => `${HEAD}\n${email},Ada,fr,2025-03-01\n`;
    await publisher.import(row(PATHS['an import with consent']), mapping);
    const none = { ...mapping, consent: { kind: 'none' }, ignore: ['Date'] };
    await publisher.import(row(PATHS['an import without consent']), none);
    const left = { ...none, state: 'unsubscribed' };
    await publisher.import(row(PATHS['an import of people who left']), left);
    await signUp(PATHS['a form'], 'single');
    await signUp(PATHS['a form, unconfirmed'], 'double');
    await signUp(PATHS['a form, confirmed'], 'double');
    await confirm(PATHS['a form, confirmed']);
    const words = ['recipient', 'subscribe', PATHS['the command line'], '--account', accountId];
    const done = await runToEnd('cli', [...words, '--list', listId], {
      ATTESTA_DATA_DIR: directory,
    });
    expect(done).toMatchObject({ status: 0 });
    await comeBack(PATHS['a return after an erasure']);
  };

  /** Followed closely, erased, and back by their own will: a new subject, who agreed to nothing yet. */
  const comeBack = async (email: string): Promise<void> => {
    const { client, listId, wordingId } = publisher;
    const { id } = (await client.post('/v1/recipients', { email, listIds: [listId] })).body;
    const tracked = { mode: 'individual', date: '2026-02-01', method: 'paper', wordingId };
    await client.put(`/v1/recipients/${id}/tracking`, tracked);
    await client.post(`/v1/recipients/${id}/erase`, { reason: 'asked' });
    await signUp(email, 'double');
    await confirm(email);
  };

  const recipient = async (email: string) => {
    const { id } = await known(email);
    return (await publisher.client.get(`/v1/recipients/${id}`)).body;
  };

  it.each(Object.entries(PATHS))('%s: has tracking mode aggregate', async (_, email) => {
    expect(await recipient(email)).toMatchObject({ email, tracking: 'aggregate' });
  });

  /** The ledger of the account but for its own sending, which may go on meanwhile. */
  const everythingElse = async (): Promise<string[]> => {
    const { text } = await publisher.client.get('/v1/events?limit=10000');
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { eventId: string; type: string })
      .filter(({ type }) => !/^(Delivery|Campaign)/.test(type))
      .map(({ eventId, type }) => `${type} ${eventId}`);
  };

  it('no per-person open is stored, whatever of a message a mail program fetches', async () => {
    const campaignId = await publisher.start(await publisher.write('Neuf'));
    const { counts } = await publisher.completed(campaignId);
    expect(counts.sent).toBeGreaterThan(3);
    const before = await everythingElse();
    for (const email of Object.values(PATHS)) {
      for (const mail of await messagesTo(sink.received, email)) {
        const html = String(mail.html);
        // Nothing that a mail program loads by itself says who opened.
        expect(html).not.toMatch(/<img|background(-image)?:\s*url|<link|srcset/i);
        const links = [...html.matchAll(/href="(http[^"]+)"/g)].map(([, url = '']) => url);
        const ours = links.filter((url) => url.startsWith(product.url));
        for (const url of ours) await stranger.call('GET', url);
      }
    }
    expect(await everythingElse()).toEqual(before);
  });
});
