import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civilDateIn, dayInWords, instantOf, plusDays, plusMonths } from '#domain/kernel/index';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { linkIn, messageTo, messagesTo } from './support/messages.ts';
import { startProduct, type RunningProgram } from './support/program.ts';
import { ACCOUNT, expressMapping, Publisher } from './support/publisher.ts';

const ASKS = /Souhaitez-vous encore recevoir nos messages|Would you still like to hear from us/;
const L90 = 'l90@clients.example';
const ENGLISH = 'l90@customers.example';
const L91 = 'l91@clients.example';
const EXPRESS = 'express@clients.example';
const IMPORTED = 'imported@clients.example';
const EVERYBODY = [L90, ENGLISH, L91, EXPRESS, IMPORTED];

describe('C-16, CON-4, CON-5: the request inside a newsletter, from the mail to the answer', () => {
  let directory: string;
  let sink: SmtpSink;
  let product: RunningProgram;
  let publisher: Publisher;
  let newsletterId: string;
  const today = civilDateIn(ACCOUNT.timeZone, instantOf(Date.now()));

  const recipient = async (email: string, language: string, consent: object): Promise<string> => {
    const body = { email, language, listIds: [publisher.listId], consent };
    return (await publisher.client.post('/v1/recipients', body)).body.id;
  };
  const purchase = (daysLeft: number) => ({
    kind: 'implied',
    basis: 'purchase',
    date: plusMonths(today, -3),
    expiresOn: plusDays(today, daysLeft),
    evidence: { reference: 'INV-7' },
  });
  const idOf = async (email: string): Promise<string> => (await publisher.find(email)).id;
  const requestsTo = async (email: string) =>
    (await publisher.timeline(await idOf(email))).filter(({ type }) => type === 'ConsentRequested');
  /** Whether the last message to somebody asks, in both of its parts or in none. */
  const isAsked = async (email: string): Promise<boolean> => {
    const message = (await messagesTo(sink.received, email)).at(-1);
    const parts = [String(message?.html), String(message?.text)];
    const [inHtml, inText] = parts.map((part) => ASKS.test(part) && part.includes('/consent/'));
    expect(inText).toBe(inHtml);
    return inHtml === true;
  };
  const asked = async (): Promise<string[]> => {
    const answers = await Promise.all(EVERYBODY.map(isAsked));
    return EVERYBODY.filter((_, index) => answers[index]);
  };

  beforeAll(async () => {
    directory = await newDataDirectory();
    sink = await startSmtpSink();
    product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
    publisher = await Publisher.open(product);
    await recipient(L90, 'fr', purchase(90));
    await recipient(ENGLISH, 'en', purchase(90));
    await recipient(L91, 'fr', purchase(91));
    await recipient(EXPRESS, 'fr', {
      kind: 'express',
      date: plusDays(today, -10),
      method: 'paper',
      source: 'fair',
      evidence: { reference: 'card' },
    });
    await recipient(IMPORTED, 'fr', purchase(30));
    const row = `${IMPORTED},Imported,fr,2025-03-01`;
    const { listId, wordingId } = publisher;
    await publisher.import(`Email,Prenom,Langue,Date\n${row}`, expressMapping(listId, wordingId));
    newsletterId = await publisher.write('First');
  });
  afterAll(async () => {
    await product.stop();
    await sink.close();
    await removeDataDirectory(directory);
  });

  it('C-16: is there at L−90, and neither at L−91 nor with express consent, imported or not', async () => {
    const { counts } = await publisher.completed(await publisher.start(newsletterId));
    expect(counts).toMatchObject({ sent: EVERYBODY.length, skipped: 0 });
    expect(await asked()).toEqual([L90, ENGLISH]);
  });

  it('CON-4: says why, until when and what is asked, in the language of the person', async () => {
    const french = await messageTo(sink.received, L90);
    const english = await messageTo(sink.received, ENGLISH);
    const lastDay = plusDays(today, 90);
    expect(french.text).toContain(`jusqu’au ${dayInWords(lastDay, 'fr')} inclus`);
    expect(french.text).toContain('votre achat ou location, le');
    expect(french.text).toContain('Oui, j’accepte de continuer à recevoir');
    expect(english.text).toContain(`until ${dayInWords(lastDay, 'en')} inclusive`);
    expect(english.text).toContain('Yes, I agree to go on receiving');
    expect(linkIn(french, '/consent/').startsWith(`${product.url}/consent/`)).toBe(true);
  });

  it('CON-5: is on the timeline with the newsletter, the message and the wording, once', async () => {
    const { messageId } = await messageTo(sink.received, L90);
    const requests = await requestsTo(L90);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      actor: { kind: 'system' },
      channel: 'rule',
      data: { newsletterId, lastDay: plusDays(today, 90) },
      evidence: { newsletterId, messageId: messageId?.slice(1, -1) },
      wordingId: expect.stringMatching(/^wrd_/),
      summary: { fr: expect.stringContaining('dans une infolettre') },
    });
    for (const email of [L91, EXPRESS, IMPORTED]) expect(await requestsTo(email)).toEqual([]);
  });

  it('CON-4: a preview shows it to whom it would be sent', async () => {
    const preview = async (email: string): Promise<string> => {
      const path = `/v1/newsletters/${newsletterId}/preview`;
      return (await publisher.client.post(path, { recipientId: await idOf(email) })).body.html;
    };
    expect(await preview(L90)).toMatch(ASKS);
    expect(await preview(L91)).not.toMatch(ASKS);
  });

  it('CON-5: answered on its page, it is express consent by this message', async () => {
    const person = new Client(product.url);
    const message = await messageTo(sink.received, L90);
    const page = linkIn(message, '/consent/');
    const { text } = await person.call('GET', page);
    const [, statement = ''] = /name="statement"\s+value="([0-9a-f]{64})"/.exec(text) ?? [];
    const body = new URLSearchParams({ answer: 'agree', statement, consent: 'on' });
    expect((await person.call('POST', page, { body })).status).toBe(200);
    const id = await idOf(L90);
    expect(await publisher.explain(id)).toMatchObject({ allow: true, basis: 'express' });
    const given = (await publisher.timeline(id)).filter(
      ({ type }) => type === 'ExpressConsentGiven',
    );
    expect(given).toHaveLength(1);
    expect(given[0]).toMatchObject({
      actor: { kind: 'recipient', id },
      evidence: { newsletterId, messageId: message.messageId?.slice(1, -1) },
    });
  });

  it('C-16: no newsletter asks again, who agreed nor who was asked this week', async () => {
    await publisher.completed(await publisher.start(await publisher.write('Second')));
    expect(await asked()).toEqual([]);
    expect(await requestsTo(L90)).toHaveLength(1);
    expect(await requestsTo(ENGLISH)).toHaveLength(1);
  });
});
