import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { startSmtpSink, type SmtpSink } from '#libs/mailer/testing/smtp-sink';
import { findBelow, findIn, needlesFor, placesBelow } from './support/byte-search.ts';
import { BYSTANDERS, csvOf, SHORT_LIVED, VICTIM, type Canary } from './support/canaries.ts';
import { Client } from './support/client.ts';
import { newDataDirectory, removeDataDirectory } from './support/data-directory.ts';
import { OPERATOR_KEY, startProduct, type RunningProgram } from './support/program.ts';
import { expressMapping, Publisher } from './support/publisher.ts';
import { until } from './support/until.ts';

const { capitals, beyondAscii, accents } = BYSTANDERS;
const LIVING = [capitals, beyondAscii, accents];
/** Written about the person, and as personal as they are. */
const REASON = 'asked-by-letter-of-Zénobie-Pérégrine';
const REFERENCE = 'invoice-of-Quaggatrois-senior';

const needlesOf = (people: readonly Canary[]) => needlesFor(people.flatMap(({ words }) => words));
const victim = needlesFor([...VICTIM.words, REASON, REFERENCE]);
const everybody = [...needlesOf(LIVING), ...victim];
const isLedger = (file: string): boolean => /^(ledger\.sqlite|eventstoredb)/.test(file);
const isReadModel = (file: string): boolean => /^(read-models|mongodb\/read-model)/.test(file);
const isUpload = (file: string): boolean => /^(uploads\/|mongodb\/upload)/.test(file);

describe('the search for personal data', () => {
  it.each([
    ['as it is', Buffer.from(VICTIM.email)],
    ['without accents composed', Buffer.from(VICTIM.email.normalize('NFD'))],
    ['in small letters', Buffer.from(VICTIM.email.toLowerCase())],
    ['in UTF-16', Buffer.from(VICTIM.email, 'utf16le')],
    ['in UTF-16, the other way round', Buffer.from(VICTIM.email, 'utf16le').swap16()],
    ['percent-encoded', Buffer.from(encodeURIComponent(VICTIM.email))],
    ['with a domain in ASCII', Buffer.from(domainToASCII('küchenfee-narval.example'))],
    ...['', 'a', 'ab'].map((before): [string, Buffer] => [
      `in base64 after ${String(before.length)} letters`,
      Buffer.from(Buffer.from(`${before}${VICTIM.email}.`).toString('base64')),
    ]),
  ])('finds an address %s', (_, haystack) => {
    expect(findIn('file', haystack, victim)).not.toEqual([]);
    expect(findIn('file', haystack, needlesOf(LIVING))).toEqual([]);
  });
});

describe.each(['an SMTP server', 'the built-in mailbox'])('personal data, with %s', (mail) => {
  const hasMailbox = mail === 'the built-in mailbox';
  let directory: string;
  let sink: SmtpSink | undefined;
  let product: RunningProgram;
  let publisher: Publisher;
  let victimId: string;

  beforeAll(async () => {
    directory = await newDataDirectory();
    sink = hasMailbox ? undefined : await startSmtpSink();
    product = await startProduct(
      directory,
      sink === undefined ? {} : { ATTESTA_SMTP_URL: sink.url },
    );
    publisher = await Publisher.open(product);
    await live();
    victimId = (await publisher.find(VICTIM.email)).id;
  });
  afterAll(async () => {
    await product.stop();
    await sink?.close();
    await removeDataDirectory(directory);
  });

  /** Everybody comes in another way, is changed, and gets mail. */
  const live = async (): Promise<void> => {
    const { client, listId, wordingId } = publisher;
    await publisher.import(csvOf([VICTIM, capitals]), expressMapping(listId, wordingId));
    const consent = {
      kind: 'express',
      date: '2025-03-01',
      method: 'web form',
      source: 'shop',
      evidence: { reference: 'F-1' },
    };
    const fields = { firstName: beyondAscii.firstName };
    const { email } = beyondAscii;
    await client.post('/v1/recipients/batch', [{ email, fields, listIds: [listId], consent }]);
    const terms = {
      name: 'f',
      listIds: [listId],
      fields: ['firstName'],
      wordingId,
      optIn: 'single',
    };
    const { id: formId } = (await client.post('/v1/forms', terms)).body;
    const submission = {
      email: accents.email,
      'fields[firstName]': accents.firstName,
      language: 'fr',
      consent: 'on',
    };
    await new Client(product.url).post(`/f/${formId}`, new URLSearchParams(submission));
    const { id } = await until('the person in the directory', () => publisher.find(VICTIM.email));
    const evidence = { reference: REFERENCE };
    const purchase = { kind: 'implied', basis: 'purchase', date: '2025-04-01', evidence };
    const repeatable = { 'idempotency-key': randomUUID() };
    await client.post(`/v1/recipients/${id}/consents`, purchase, repeatable);
    await client.patch(`/v1/recipients/${id}`, { fields: { firstName: VICTIM.firstName } });
    const campaign = await publisher.start(await publisher.write('Nouvelles'));
    expect((await publisher.completed(campaign)).counts).toMatchObject({ sent: 4 });
  };

  const mailboxPage = async (): Promise<string> =>
    (await new Client(product.url).get('/mailbox')).text;

  it('stands in the read models in clear, so that the search can find it', async () => {
    for (const person of [VICTIM, ...LIVING]) {
      const found = await findBelow(directory, needlesOf([person]), isReadModel);
      expect(new Set(found.map(({ word }) => word))).toEqual(new Set(person.words));
    }
  });

  it('stands nowhere in the ledger (P-28, PRV-2)', async () => {
    expect((await placesBelow(directory)).some(({ name }) => isLedger(name))).toBe(true);
    expect(await findBelow(directory, everybody, isLedger)).toEqual([]);
  });

  it('stands in no file but the read models (O-04)', async () => {
    expect(await findBelow(directory, everybody, (file) => !isReadModel(file))).toEqual([]);
  });

  it('leaves no file of an import behind', async () => {
    const left = (await placesBelow(directory)).filter(({ name }) => isUpload(name));
    expect(left.filter(({ bytes }) => bytes.length > 0)).toEqual([]);
  });

  const expectCleanLogs = (): void => {
    const { out, err } = product.printed();
    const printed = Buffer.from(out + err);
    expect(printed.length).toBeGreaterThan(0);
    expect(findIn('log', printed, everybody)).toEqual([]);
    expect(out + err).not.toContain(OPERATOR_KEY);
    expect(out + err).not.toContain(publisher.key);
    expect(out + err).not.toMatch(/\/(u|p|v|confirm)\/[\w-]{20}/);
  };

  it('stands in nothing that the program prints (O-03, O-04)', expectCleanLogs);

  it('is nowhere after an erasure, while the program runs (P-28, PRV-2)', async () => {
    if (hasMailbox) expect(await mailboxPage()).toContain(VICTIM.email.split('@')[0]);
    const erased = await publisher.client.post(`/v1/recipients/${victimId}/erase`, {
      reason: REASON,
    });
    expect(erased.status).toBe(202);
    await until('every trace of the person to be gone', async () => {
      const found = await findBelow(directory, victim);
      return found.length === 0;
    });
    expect(await publisher.find(VICTIM.email)).toMatchObject({
      status: 'erased',
      email: '•',
      fields: {},
    });
    if (hasMailbox) expect(await mailboxPage()).not.toContain(VICTIM.email.split('@')[0]);
  });

  it('keeps what the others are known by', async () => {
    for (const person of LIVING) {
      expect((await publisher.find(person.email)).fields.firstName).toBe(person.firstName);
      expect(await findBelow(directory, needlesOf([person]), isReadModel)).not.toEqual([]);
    }
    if (hasMailbox) expect(await mailboxPage()).toContain(capitals.email.split('@')[0]);
  });

  it('leaves the skeleton of the history (PRV-2)', async () => {
    const timeline = await publisher.timeline(victimId);
    const types = timeline.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['RecipientSubscribed', 'ExpressConsentGiven', 'RecipientErased']),
    );
    for (const { recordedAt, actor, summary } of timeline) {
      expect(Date.parse(recordedAt)).not.toBeNaN();
      expect(actor.kind).toBeTruthy();
      expect(summary).toEqual({ fr: expect.any(String), en: expect.any(String) });
    }
    expect(findIn('timeline', Buffer.from(JSON.stringify(timeline)), victim)).toEqual([]);
    const { allow, reasons } = await publisher.explain(victimId);
    expect([allow, reasons[0].code]).toEqual([false, 'erased']);
    expect((await publisher.client.get(`/v1/recipients/${victimId}`)).body).toMatchObject({
      status: 'erased',
      fields: {},
    });
  });

  it('does not come back by API, batch or file (CON-5, P-28)', async () => {
    const { client, listId, wordingId } = publisher;
    const { email } = VICTIM;
    for (const spelled of [email, email.toLowerCase(), email.normalize('NFD')]) {
      const again = await client.call('POST', '/v1/recipients', {
        body: { email: spelled, listIds: [listId] },
      });
      expect([again.status, again.body.code]).toEqual([409, 'erased']);
    }
    const batch = await client.post('/v1/recipients/batch', [{ email, listIds: [listId] }]);
    expect(batch.body.items ?? batch.body).toMatchObject([{ outcome: 'refused', code: 'erased' }]);
    const imported = await publisher.import(csvOf([VICTIM]), expressMapping(listId, wordingId));
    expect(imported).toMatchObject({ rows: 1, created: 0, refused: 1, refusedBy: { erased: 1 } });
    await until('every trace of the attempts to be gone', async () => {
      const found = await findBelow(directory, victim);
      return found.length === 0;
    });
    expectCleanLogs();
  });

  it('is nowhere once the program has stopped', async () => {
    expect((await product.stop()).status).toBe(0);
    expect(await findBelow(directory, victim)).toEqual([]);
    expect(await findBelow(directory, everybody, (file) => !isReadModel(file))).toEqual([]);
    expect(await findBelow(directory, needlesOf(LIVING), isReadModel)).not.toEqual([]);
    expectCleanLogs();
  });
});

describe('an erasure that a kill breaks off', () => {
  let directory: string;
  let product: RunningProgram;
  let publisher: Publisher;

  const start = async (): Promise<void> => {
    product = await startProduct(directory);
  };

  beforeAll(async () => {
    directory = await newDataDirectory();
    await start();
    publisher = await Publisher.open(product);
    const mapping = expressMapping(publisher.listId, publisher.wordingId);
    await publisher.import(csvOf([...SHORT_LIVED, ...LIVING]), mapping);
    await publisher.completed(await publisher.start(await publisher.write('Nouvelles')));
  });
  afterAll(async () => {
    await product.kill();
    await removeDataDirectory(directory);
  });

  /** How far the erasure is let go before the program is killed. */
  const moments = [
    [
      'once the ledger changed',
      (erasing: Promise<unknown>, ledger: () => Promise<boolean>) =>
        Promise.race([erasing, until('the ledger to change', ledger)]),
    ],
    ['once it was acknowledged', async (erasing: Promise<unknown>) => erasing],
  ] as const;

  it.each(moments)(
    'is carried to its end by the next start, killed %s (P-31, PRV-2)',
    async (name, moment) => {
      const person = SHORT_LIVED[moments.findIndex(([each]) => each === name)];
      if (person === undefined) throw new Error('Somebody for each moment.');
      const needles = needlesOf([person]);
      expect(await findBelow(directory, needles)).not.toEqual([]);
      const { id } = await publisher.find(person.email);
      const before = (await publisher.timeline(id)).length;
      const erasing = publisher.client
        .call('POST', `/v1/recipients/${id}/erase`, { body: { reason: 'asked' } })
        .catch(() => undefined);
      await moment(erasing, async () => (await publisher.timeline(id)).length > before);
      await product.kill();
      const acknowledged = await erasing;

      await start();
      publisher = publisher.at(product);
      const isRecorded = (await publisher.explain(id)).reasons[0].code === 'erased';
      // What was acknowledged is done. What was not may not have been recorded: the caller asks again.
      if (acknowledged?.status === 202) expect(isRecorded).toBe(true);
      if (!isRecorded)
        await publisher.client.post(`/v1/recipients/${id}/erase`, { reason: 'asked' });
      await until('every trace of the person to be gone', async () => {
        const found = await findBelow(directory, needles);
        return found.length === 0;
      });
      expect((await publisher.explain(id)).reasons[0].code).toBe('erased');
      for (const each of LIVING) {
        expect(await findBelow(directory, needlesOf([each]), isReadModel)).not.toEqual([]);
      }
    },
  );
});
