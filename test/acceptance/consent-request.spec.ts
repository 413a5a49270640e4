import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  civilDateIn,
  instantOf,
  plusDays,
  plusMonths,
  type RecipientId,
} from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import { openEngines } from '#apps/composition/index';
import { startProjector } from '#apps/projector/index';
import { startSender } from '#apps/sender/index';
import { smtpMailer } from '#libs/mailer/index';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { mailRenderer } from '#libs/rendering/index';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { engineConfig } from './support/engines.ts';
import { linkIn, messageTo } from './support/messages.ts';
import { startProduct, type RunningProgram } from './support/program.ts';
import { ACCOUNT, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const ANSWERS = 'repond@clients.example';
const READS = 'reads@customers.example';
const SILENT = 'silent@customers.example';
const DAY = 86_400_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('CON-4, CON-5: a request for consent, from the mail to the answer', () => {
  let directory: string;
  let sink: SmtpSink;
  let product: RunningProgram;
  let publisher: Publisher;
  let answering: RecipientId;
  let page: string;

  const customer = async (
    email: string,
    language: string,
    { daysLeft = 60, listId = publisher.listId } = {},
  ): Promise<RecipientId> => {
    const today = civilDateIn(ACCOUNT.timeZone, instantOf(Date.now()));
    const { body } = await publisher.client.post('/v1/recipients', {
      email,
      language,
      listIds: [listId],
      consent: {
        kind: 'implied',
        basis: 'purchase',
        date: plusMonths(today, -3),
        expiresOn: plusDays(today, daysLeft),
        evidence: { reference: 'INV-7' },
      },
    });
    return body.id;
  };
  const arrived = (email: string): number => sink.received.get(email)?.length ?? 0;
  const revision = async (): Promise<number> =>
    (await publisher.client.get(`/v1/recipients/${answering}`)).body.revision;
  const person = (): Client => new Client(product.url);
  /** The page as its button sends it once the box is ticked. */
  const ticked = async (url: string): Promise<URLSearchParams> => {
    const { text } = await person().call('GET', url);
    const [, statement = ''] = /name="statement"\s+value="([0-9a-f]{64})"/.exec(text) ?? [];
    return new URLSearchParams({ answer: 'agree', statement, consent: 'on' });
  };
  const consentsGiven = async (id: RecipientId) =>
    (await publisher.timeline(id)).filter(({ type }) => type === 'ExpressConsentGiven');

  beforeAll(async () => {
    directory = await newDataDirectory();
    sink = await startSmtpSink();
    product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
    publisher = await Publisher.open(product);
  });
  afterAll(async () => {
    await product.stop();
    await sink.close();
    await removeDataDirectory(directory);
  });

  it('CON-4: goes out sixty days before the implied consent ends, with a link to the page', async () => {
    answering = await customer(ANSWERS, 'fr');
    await customer(SILENT, 'en');
    await until('both requests', () => arrived(ANSWERS) > 0 && arrived(SILENT) > 0);
    page = linkIn(await messageTo(sink.received, ANSWERS), '/consent/');
    expect(page.startsWith(`${product.url}/consent/`)).toBe(true);
    expect((await publisher.explain(answering)).basis).toBe('purchase');
  });

  it('C-20: opened ten times by a scanner, the link changes nothing', async () => {
    const before = await revision();
    for (let round = 0; round < 10; round += 1) {
      const headers = { 'user-agent': 'Mail scanner', accept: 'text/html' };
      const opened = await person().call('GET', page, { headers });
      expect([opened.status, opened.text.includes('Oui, j’accepte')]).toEqual([200, true]);
    }
    expect((await fetch(page, { method: 'HEAD' })).status).toBe(200);
    expect(await revision()).toBe(before);
  });

  it('CON-5: ticked and sent, it is express consent, and the evidence names the mail', async () => {
    const body = await ticked(page);
    const answers = [
      await person().call('POST', page, { body }),
      await person().call('POST', page, { body }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.text).toContain('Merci, votre accord est enregistré');

    const statement = String(body.get('statement'));
    const given = await consentsGiven(answering);
    expect(given).toHaveLength(1);
    const { messageId } = await messageTo(sink.received, ANSWERS);
    expect(given[0]).toMatchObject({
      actor: { kind: 'recipient', id: answering },
      channel: 'newsletter-link',
      evidence: { messageId: messageId?.slice(1, -1) },
      wordingLanguage: 'fr',
      statementHash: statement,
    });
    const kept = `/v1/wordings/${String(given[0]?.wordingId)}/statements/${statement}`;
    expect((await publisher.client.get(kept)).body.text).toContain('Oui, j’accepte');
    expect(await publisher.explain(answering)).toMatchObject({ allow: true, basis: 'express' });
  });

  it('CON-5: taken up from a newsletter, the evidence is that newsletter', async () => {
    const listId = (await publisher.client.post('/v1/lists', { name: { en: 'Offers' } })).body.id;
    const reading = await customer(READS, 'en', { daysLeft: 80, listId });
    const newsletterId = await publisher.write('May');
    const campaignId = await publisher.start(newsletterId, [listId]);
    await publisher.completed(campaignId);
    const mail = await messageTo(sink.received, READS);
    const url = linkIn(mail, '/consent/');
    const thanks = await person().call('POST', url, { body: await ticked(url) });
    expect([thanks.status, thanks.text.includes('your consent is recorded')]).toEqual([200, true]);
    const given = await consentsGiven(reading);
    const messageId = mail.messageId?.slice(1, -1);
    expect(given).toHaveLength(1);
    expect(given[0]?.evidence).toMatchObject({ newsletterId, campaignId, messageId });
    const explained = await publisher.client.get(`/v1/recipients/${reading}/explain`);
    expect(explained.body).toMatchObject({ allow: true, basis: 'express' });
  });

  it('C-16: thirty days later who was silent is asked again, and who agreed is not', async () => {
    await product.stop();
    const engines = await openEngines(engineConfig(directory), ({ code }) => {
      throw new Error(code);
    });
    const ending = new AbortController();
    const { signal } = ending;
    const mailer = smtpMailer({ urls: sink.url });
    const projector = await startProjector({ ...engines, log: silent, signal });
    const sender = await startSender({
      ...engines,
      mailer,
      renderer: mailRenderer(),
      config: { publicUrl: product.url },
      clock: () => Date.now() + 31 * DAY,
      log: silent,
      signal,
    });
    try {
      await until('the second request', () => arrived(SILENT) > 1);
      const history = await engines.ledger.read(recipientStream, answering);
      expect(history.filter(({ event }) => event.type === 'ConsentRequested')).toHaveLength(1);
      expect(arrived(ANSWERS)).toBe(1);
    } finally {
      ending.abort();
      await Promise.all([sender.stopped, projector.stopped]);
      await mailer.close();
      await engines.close();
    }
  });
});
