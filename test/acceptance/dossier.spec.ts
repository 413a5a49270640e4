import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { linkIn, messageTo } from './support/messages.ts';
import { runToEnd, startProduct, type Ended, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const ANAIS = 'anais@lecteurs.example';
const FILE = `Email,Prenom,Langue,Date\n${ANAIS},Anaïs,fr,2025-03-01\n`;

describe('C-29: the consent dossier through the whole product', () => {
  let directory: string;
  let sink: SmtpSink;
  let product: RunningProgram;
  let publisher: Publisher;
  let id: string;

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

  const dossier = async () => (await publisher.client.get(`/v1/recipients/${id}/dossier`)).body;
  const attesta = (...words: string[]): Promise<Ended> =>
    runToEnd('cli', ['recipient', 'dossier', ...words, '--account', publisher.accountId], {
      ATTESTA_DATA_DIR: directory,
    });

  it('has basis, evidence, content hash and gate decision of a message that left by SMTP', async () => {
    const { listId, wordingId, client } = publisher;
    const imported = await publisher.import(FILE, expressMapping(listId, wordingId));
    const newsletterId = await publisher.write('Mai');
    const campaignId = await publisher.start(newsletterId);
    await publisher.completed(campaignId);
    id = (await publisher.find(ANAIS)).id;
    const { messages, consents, counts } = await dossier();
    expect(counts).toMatchObject({ consents: 1, messages: 1, sent: 1 });
    expect(consents[0]).toMatchObject({
      kind: 'express',
      date: '2025-03-01',
      method: 'web form',
      source: 'shop',
      channel: 'import',
      import: { importId: imported.id, row: 1, format: 'csv', status: 'completed' },
      evidence: { attestedBy: 'Privacy officer' },
      wording: { wordingId, version: 1, texts: { fr: 'J’accepte de recevoir l’infolettre.' } },
    });
    const { body: version } = await client.get(`/v1/newsletters/${newsletterId}/versions/fr`);
    const [attempt] = messages[0].attempts;
    expect(messages[0]).toMatchObject({ campaignId, newsletter: { newsletterId, name: 'Mai' } });
    expect(attempt).toMatchObject({
      content: { hash: version.hash, source: 'recorded', subject: version.subject },
      gate: { allow: true, basis: 'express', confirmed: true },
      outcome: { status: 'sent' },
    });
    expect(attempt.gate.reasons[0]).toMatchObject({
      code: 'express-consent',
      eventIds: [consents[0].eventId],
    });
    const mail = await messageTo(sink.received, ANAIS);
    expect(mail.messageId).toContain(attempt.messageId);
  });

  it('has the unsubscription by the link in that mail, and what was done', async () => {
    const mail = await messageTo(sink.received, ANAIS);
    const stranger = new Client(product.url);
    await stranger.post(linkIn(mail, '/u/'), new URLSearchParams({ choice: 'all' }));
    const { unsubscriptions, permission } = await until('the unsubscription', async () => {
      const body = await dossier();
      return body.counts.unsubscriptions === 1 && body;
    });
    expect(unsubscriptions[0]).toMatchObject({
      scope: 'all',
      actor: { kind: 'recipient' },
      actions: { statusAfter: 'unsubscribed', listsLeft: [{ listId: publisher.listId }] },
    });
    expect(permission).toMatchObject({ allow: false });
  });

  it('is the same by the command line, beside the running product and without it', async () => {
    const served = await dossier();
    const beside = await attesta(ANAIS, '--json');
    expect(beside).toMatchObject({ status: 0, err: '' });
    const without = { asOf: expect.any(String), position: expect.any(String) };
    const same = (text: string) => ({
      ...JSON.parse(text),
      ...without,
      permission: { ...JSON.parse(text).permission, at: expect.any(String) },
    });
    expect(served).toEqual(same(beside.out));
    await product.stop();
    const alone = await attesta(id, '--format', 'json');
    expect(alone.status).toBe(0);
    expect(served).toEqual(same(alone.out));
    product = await startProduct(directory, { ATTESTA_SMTP_URL: sink.url });
    publisher = publisher.at(product);
  });

  it('is written as a page into a file that only its owner reads', async () => {
    for (const [language, title] of [
      ['fr', 'Dossier de consentement'],
      ['en', 'Consent dossier'],
    ] as const) {
      const file = path.join(path.dirname(directory), `dossier-${language}.html`);
      const done = await attesta(ANAIS, '--language', language, '--output', file);
      expect(done).toMatchObject({ status: 0, err: '' });
      expect(done.out).not.toContain('anais');
      const page = await readFile(file, 'utf8');
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).toContain(`<h1>${title}</h1>`);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    }
  });

  it('refuses an unknown person, a form that there is not, and a file that cannot be', async () => {
    const unknown = await attesta('nobody@lecteurs.example', '--json');
    expect([unknown.status, JSON.parse(unknown.out).code]).toEqual([1, 'unknown-recipient']);
    const nowhere = await attesta(ANAIS, '--output', '/nowhere/dossier.html', '--json');
    expect([nowhere.status, JSON.parse(nowhere.out).code]).toEqual([1, 'file-unwritable']);
    expect((await attesta(ANAIS, '--format', 'pdf')).status).toBe(2);
    expect((await attesta(ANAIS, '--json', '--format', 'html')).status).toBe(2);
  });

  it('keeps only the skeleton of somebody who was erased (PRV-2)', async () => {
    await publisher.client.post(`/v1/recipients/${id}/erase`, { reason: 'asked for it' });
    const { text, body } = await publisher.client.get(`/v1/recipients/${id}/dossier`);
    const page = (await attesta(id)).out;
    for (const shown of [text, page]) expect(shown).not.toMatch(/ana[iï]s|web form|asked for it/i);
    expect(body.recipient.status).toBe('erased');
    expect(body.messages[0].attempts[0].content.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('can be checked against the texts: hashes are those of the canonical JSON (C-18)', async () => {
    const { consents } = await dossier();
    const { texts, hash } = consents[0].wording;
    const canonical = `{${Object.keys(texts)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(texts[key])}`)
      .join(',')}}`;
    expect(createHash('sha256').update(canonical, 'utf8').digest('hex')).toBe(hash);
  });
});
