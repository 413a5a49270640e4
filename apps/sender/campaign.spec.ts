import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { deliveryStream } from '#domain/delivery/index';
import { civilDateIn, instantOf, plusDays, type Language, type ListId } from '#domain/kernel/index';
import { newsletterStream } from '#domain/newsletter/index';
import { openLink } from '#libs/public-links/index';
import { smtpMailer, type DeliveryOutcome } from '#libs/mailer/index';
import { startSmtpSink } from '#libs/mailer/testing/smtp-sink';
import { mailRenderer } from '#libs/rendering/index';
import { startSender } from './index.ts';
import { SENDER, WITHOUT_LINK, type Person } from './testing/seed.ts';
import {
  deliveryKeyOf,
  fakeMailer,
  senderWorld,
  type FakeMailer,
  type SenderWorld,
} from './testing/sender-world.ts';

const en = 'en' as Language;
const ACCEPTED: DeliveryOutcome = { status: 'accepted', reply: '250' };

let world: SenderWorld;
let listA: ListId;
let listB: ListId;
beforeEach(async () => {
  world = await senderWorld();
  await world.seed.account();
  listA = await world.seed.list('A');
  listB = await world.seed.list('B');
});
afterEach(async () => {
  await world.dispose();
});

const person = (name: string, listIds: readonly ListId[], more: Partial<Person> = {}): Person => ({
  address: `${name}@example.org`,
  listIds,
  firstName: name,
  ...more,
});

const completed = (id: Parameters<SenderWorld['campaign']>[0]) =>
  world.until(
    'the campaign completes',
    async () => (await world.campaign(id)).status === 'completed',
  );

describe('the claim of a message (C-29)', () => {
  it('names the content that is sent by the hash of its version', async () => {
    const { seed, engines } = world;
    const newsletterId = await seed.newsletter();
    await seed.people([person('anna', [listA]), person('bert', [listA], { language: en })]);
    await world.start(fakeMailer());
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);

    const written = await engines.ledger.read(newsletterStream, newsletterId);
    for (const [name, language] of [
      ['anna', 'fr'],
      ['bert', 'en'],
    ] as const) {
      const recipientId = await seed.recipientId(`${name}@example.org`);
      const history = await engines.ledger.read(
        deliveryStream,
        deliveryKeyOf(newsletterId, recipientId),
      );
      const claim = history.find(({ event }) => event.type === 'DeliveryAttempted')?.event;
      const version = written.find(
        ({ event }) => event.type === 'NewsletterVersionSet' && event.data.language === language,
      )?.event;
      expect(claim?.data).toMatchObject({
        language,
        contentHash: version?.type === 'NewsletterVersionSet' && version.data.hash,
      });
    }
  });
});

describe('a campaign (SND-2)', () => {
  it('reaches everybody of its lists once, in their language, and completes', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    await seed.people([
      person('anna', [listA]),
      person('bert', [listB], { language: en }),
      person('cleo', [listA, listB]),
      person('nope', [listA], { consent: false }),
    ]);
    const mailer = fakeMailer();
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA, listB]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);

    expect(mailer.sent.map(({ envelope }) => envelope.to).sort()).toEqual([
      'anna@example.org',
      'bert@example.org',
      'cleo@example.org',
    ]);
    const mails = new Map(
      await Promise.all(
        mailer.sent.map(
          async ({ envelope, source }) => [envelope.to, await simpleParser(source)] as const,
        ),
      ),
    );
    expect(mails.get('anna@example.org')).toMatchObject({ subject: 'Nouvelles de l’été' });
    expect(mails.get('anna@example.org')?.text).toContain('Bonjour anna');
    expect(mails.get('bert@example.org')).toMatchObject({ subject: 'Summer news' });
    expect((await world.campaign(campaignId)).planned).toBe(4);
    const nope = await seed.recipientId('nope@example.org');
    expect(await world.delivery(deliveryKeyOf(newsletterId, nope))).toMatchObject({
      status: 'skipped',
    });
    expect(
      await world.delivery(deliveryKeyOf(newsletterId, await seed.recipientId('anna@example.org'))),
    ).toMatchObject({
      status: 'sent',
      language: 'fr',
      listIds: [listA],
    });
  });

  it('carries the headers of a newsletter and links of its own (M-01..M-03, M-06, M-13)', async () => {
    const { seed, engines } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA])]);
    const mailer = fakeMailer();
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);

    const [message] = mailer.sent;
    const mail = await simpleParser(message!.source);
    const header = (name: string): string =>
      mail.headerLines
        .filter(({ key }) => key === name)
        .map(({ line }) =>
          line
            .slice(line.indexOf(':') + 1)
            .replace(/\r\n/g, '')
            .trim(),
        )
        .join('|');
    const token = /<https:\/\/mail\.attesta\.example\/u\/([\w-]+)>/.exec(
      header('list-unsubscribe'),
    )?.[1];
    expect(openLink(engines.keyring.tokenKey(), 'unsubscribe', token!)).toMatchObject({
      accountId: seed.accountId,
      recipientId: anna,
      about: newsletterId,
    });
    expect(header('list-unsubscribe')).toMatch(
      /^<https:[^>]+>, <mailto:news@cafe\.example\?subject=unsubscribe>$/,
    );
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header('list-id')).toMatch(
      new RegExp(`<${listA}\\.${seed.accountId}\\.cafe\\.example>$`),
    );
    expect(header('feedback-id')).toBe(`${campaignId}:${seed.accountId}:newsletter:attesta`);
    expect(header('precedence')).toBe('bulk');
    expect(header('list-help')).toContain('https://mail.attesta.example/p/');
    expect(mail.from?.value).toEqual([{ name: SENDER.name, address: SENDER.email }]);
    expect(mail.html).toContain(`https://mail.attesta.example/u/${token!}`);
    expect(mail.text).toContain(`https://mail.attesta.example/u/${token!}`);
    expect(mail.messageId).toBe(`<${message!.messageId}>`);
    expect(message!.envelope.from).toBe(SENDER.email);
  });

  it('names the message in the return address where a host takes bounces (M-20)', async () => {
    const { seed } = world;
    await seed.people([person('anna', [listA])]);
    const mailer = fakeMailer();
    await world.start(mailer, { returnHost: 'bounces.attesta.example' });
    const campaignId = await seed.campaign(await seed.newsletter(), [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);
    const name = mailer.sent[0]!.messageId.split('@')[0]!;
    expect(mailer.sent[0]!.envelope.from).toMatch(
      new RegExp(`^b\\+${name}\\.[a-v0-9]{26}@bounces`),
    );
    expect(mailer.sent[0]!.source.toString()).toMatch(
      /<mailto:u\+[a-z0-9.]+@bounces\.attesta\.example/,
    );
  });

  it('never sends a newsletter twice to one person, whichever campaign asks (SND-3)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA, listB])]);
    const mailer = fakeMailer();
    await world.start(mailer);
    for (const listId of [listA, listB]) {
      const campaignId = await seed.campaign(newsletterId, [listId]);
      await seed.move(campaignId, 'StartCampaign');
      await completed(campaignId);
    }
    expect(mailer.sent).toHaveLength(1);
    const delivery = await world.delivery(deliveryKeyOf(newsletterId, anna!));
    expect(delivery).toMatchObject({ status: 'sent' });
    expect(delivery.skippedBy).toHaveLength(1);
  });

  it('is not held up by another one that skips the same people in the meantime (SND-3)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const people = Array.from({ length: 30 }, (_, index) => person(`p${String(index)}`, [listA]));
    await seed.people(people);
    const gate = Promise.withResolvers<undefined>();
    const mailer = fakeMailer(async () => {
      await gate.promise;
      return { status: 'accepted', reply: '250' };
    });
    await world.start(mailer);
    const first = await seed.campaign(newsletterId, [listA]);
    await seed.move(first, 'StartCampaign');
    await world.until('the first messages are under way', () => mailer.sent.length === 4);
    // Its skips stand in the streams of deliveries that are claimed, and of others that are only planned.
    const second = await seed.campaign(newsletterId, [listA]);
    await seed.move(second, 'StartCampaign');
    await world.until(
      'the second campaign is planned',
      async () => (await world.campaign(second)).planned !== undefined,
    );
    gate.resolve(undefined);
    await completed(first);
    expect(mailer.sent.map(({ envelope }) => envelope.to).sort()).toEqual(
      people.map(({ address }) => address).sort(),
    );
    for (const { address } of people) {
      const key = deliveryKeyOf(newsletterId, await seed.recipientId(address));
      expect(await world.delivery(key)).toMatchObject({ status: 'sent' });
    }
    expect(world.logged).not.toContainEqual(
      expect.objectContaining({ details: expect.objectContaining({ event: 'outcome-lost' }) }),
    );
  });

  it('starts at its time (SND-2)', async () => {
    const { seed } = world;
    await seed.people([person('anna', [listA])]);
    const mailer = fakeMailer();
    await world.start(mailer);
    const campaignId = await seed.campaign(await seed.newsletter(), [listA], 3_600_000);
    expect((await world.campaign(campaignId)).status).toBe('planned');
    world.clock.offset = 3_600_001;
    await completed(campaignId);
    expect(mailer.sent).toHaveLength(1);
  });

  it('waits while paused, goes on when resumed, and skips the rest when cancelled', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const ids = await seed.people(
      Array.from({ length: 60 }, (_, index) => person(`p${String(index)}`, [listA])),
    );
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const mailer = fakeMailer(async () => {
      await held;
      return { status: 'accepted', reply: '250' };
    });
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await world.until('messages are under way', () => mailer.sent.length > 0);
    await seed.move(campaignId, 'PauseCampaign');
    await seed.move(campaignId, 'CancelCampaign');
    release?.();
    const statuses = async (): Promise<readonly string[]> => {
      const deliveries = ids.map((id) => world.delivery(deliveryKeyOf(newsletterId, id)));
      return (await Promise.all(deliveries)).map(({ status }) => status);
    };
    await world.until('every delivery has ended', async () =>
      (await statuses()).every((status) => status === 'sent' || status === 'skipped'),
    );
    expect(await statuses()).toContain('skipped');
    expect((await statuses()).filter((status) => status === 'sent')).toHaveLength(
      mailer.sent.length,
    );
  });
});

describe('right before a message leaves', () => {
  it('asks again, so that an unsubscription after planning stops it (C-04, M-15)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA]), person('bert', [listA])]);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    let refuse = true;
    const mailer = fakeMailer(() =>
      refuse ? { status: 'deferred', reply: '451 4.3.0' } : { status: 'accepted', reply: '250' },
    );
    await world.start(mailer);
    await world.until('both were deferred', () => mailer.sent.length === 2);
    const key = deliveryKeyOf(newsletterId, anna!);
    await world.until(
      'the deferral is recorded',
      async () => (await world.delivery(key)).status === 'deferred',
    );
    await seed.recipient(anna!, { type: 'Unsubscribe' });
    refuse = false;
    world.clock.offset = 16 * 60_000;
    await completed(campaignId);
    expect(await world.delivery(key)).toMatchObject({ status: 'skipped', attempts: 1 });
    expect(mailer.sent.map(({ envelope }) => envelope.to).sort()).toEqual([
      'anna@example.org',
      'bert@example.org',
      'bert@example.org',
    ]);
  });

  it('C-04: names nobody to the server (RCPT) whom the gate denies once a frozen queue moves', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA]), person('bert', [listA])]);
    let isFrozen = true;
    const named: string[] = [];
    const sink = await startSmtpSink({
      reply: (stage, to) => {
        if (stage === 'rcpt') named.push(to);
        return stage === 'mail' && isFrozen ? '451 4.3.0 later' : undefined;
      },
    });
    const mailer = smtpMailer({ urls: sink.url });
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    const bert = await seed.recipientId('bert@example.org');
    for (const id of [anna!, bert]) {
      const key = deliveryKeyOf(newsletterId, id);
      await world.until(
        'the queue is frozen',
        async () => (await world.delivery(key)).status === 'deferred',
      );
    }
    expect(named).toEqual([]);
    await seed.recipient(anna!, { type: 'Unsubscribe' });
    isFrozen = false;
    world.clock.offset = 16 * 60_000;
    await completed(campaignId);
    expect(named).toEqual(['bert@example.org']);
    expect(await world.delivery(deliveryKeyOf(newsletterId, anna!))).toMatchObject({
      status: 'skipped',
    });
    await mailer.close();
    await sink.close();
  });

  it('C-15: drops a deferred message once the last lawful day has passed between two attempts', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna, bert] = await seed.people([
      person('anna', [listA], { consent: false }),
      person('bert', [listA]),
    ]);
    const today = civilDateIn('America/Toronto', instantOf(Date.now()));
    const grant = { kind: 'implied', basis: 'purchase', date: plusDays(today, -30) } as const;
    await seed.recipient(anna!, { type: 'RecordConsent', grant: { ...grant, expiresOn: today } });
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    let refuse = true;
    const mailer = fakeMailer(() =>
      refuse ? { status: 'deferred', reply: '451 4.3.0' } : { status: 'accepted', reply: '250' },
    );
    await world.start(mailer);
    const key = deliveryKeyOf(newsletterId, anna!);
    for (const id of [anna!, bert!]) {
      await world.until(
        'the deferral is recorded',
        async () => (await world.delivery(deliveryKeyOf(newsletterId, id))).status === 'deferred',
      );
    }
    refuse = false;
    world.clock.offset = 24 * 3_600_000;
    await completed(campaignId);
    expect(await world.delivery(key)).toMatchObject({ status: 'skipped', attempts: 1 });
    const history = await world.engines.ledger.read(deliveryStream, key);
    expect(history.at(-1)?.event).toMatchObject({
      type: 'DeliverySkipped',
      data: { reason: 'consent-expired' },
    });
    // The clock of consents may have written to her as well.
    expect(history.filter(({ event }) => event.type === 'DeliveryAttempted')).toHaveLength(1);
  });

  it('stops the campaign when a message fails the outgoing check (SND-4)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter(WITHOUT_LINK);
    const ids = await seed.people(
      Array.from({ length: 5 }, (_, index) => person(`p${String(index)}`, [listA])),
    );
    const mailer = fakeMailer();
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await world.until(
      'the campaign pauses',
      async () => (await world.campaign(campaignId)).status === 'paused',
    );
    expect(mailer.sent).toHaveLength(0);
    const deliveries = await Promise.all(
      ids.map((id) => world.delivery(deliveryKeyOf(newsletterId, id))),
    );
    expect(deliveries.filter(({ status }) => status === 'skipped')).toHaveLength(1);
    expect(deliveries.filter(({ status }) => status === 'planned')).toHaveLength(4);
    expect(world.logged).toContainEqual({
      level: 'warn',
      details: expect.objectContaining({ event: 'check-failed', campaignId }),
    });
  });

  it('keeps what may have arrived as uncertain, and sends it no more (SND-3)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA])]);
    const mailer = fakeMailer(() => ({ status: 'unknown', reason: 'connection-lost' }));
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);
    expect(mailer.sent).toHaveLength(1);
    expect(await world.delivery(deliveryKeyOf(newsletterId, anna!))).toMatchObject({
      status: 'uncertain',
    });
  });

  it('gives a deferred message up after 36 hours (N-04)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [listA])]);
    const mailer = fakeMailer(() => ({ status: 'deferred', reply: '451 4.3.0' }));
    await world.start(mailer);
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    const key = deliveryKeyOf(newsletterId, anna!);
    await world.until('the message is given up', async () => {
      const { status, retryAt } = await world.delivery(key);
      if (status === 'deferred' && retryAt !== undefined) {
        world.clock.offset = Math.max(world.clock.offset, Date.parse(retryAt) - Date.now() + 1_000);
      }
      return status === 'failed';
    });
    await completed(campaignId);
    expect(world.clock.offset).toBeLessThan(36 * 3_600_000);
    expect(world.clock.offset).toBeGreaterThan(24 * 3_600_000);
    expect(mailer.sent.length).toBeGreaterThan(5);
  });

  it('logs nothing personal', async () => {
    const { seed } = world;
    await seed.people([person('anna', [listA])]);
    await world.start(fakeMailer());
    const campaignId = await seed.campaign(await seed.newsletter(), [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);
    expect(world.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(world.logged)).not.toMatch(/anna|cafe\.example|Café/);
  });
});

describe('when a sender dies', () => {
  it('its open claims become uncertain once its lease has run out, and the rest is sent (SND-3)', async () => {
    const { seed } = world;
    const newsletterId = await seed.newsletter();
    const ids = await seed.people(
      Array.from({ length: 40 }, (_, index) => person(`p${String(index)}`, [listA])),
    );
    // It takes messages and never says what became of them, as a process that was killed.
    const hanging = fakeMailer(() => new Promise(() => undefined));
    const dead = new AbortController();
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    await startSender({
      ...world.engines,
      leases: {
        ...world.engines.leases,
        acquire: (...asked) => world.engines.leases.acquire(...asked),
        release: async () => undefined,
      },
      mailer: hanging,
      renderer: mailRenderer(),
      config: { publicUrl: 'https://mail.attesta.example', leaseMilliseconds: 600 },
      clock: Date.now,
      log,
      signal: dead.signal,
    });
    const campaignId = await seed.campaign(newsletterId, [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await world.until('four messages hang', () => hanging.sent.length === 4);
    dead.abort();

    const mailer = fakeMailer();
    await world.start(mailer, { leaseMilliseconds: 600 });
    await completed(campaignId);
    const deliveries = await Promise.all(
      ids.map((id) => world.delivery(deliveryKeyOf(newsletterId, id))),
    );
    const count = (status: string): number =>
      deliveries.filter((each) => each.status === status).length;
    // Those handed over, and those claimed together with them: nobody can tell them apart any more.
    expect(count('uncertain')).toBeGreaterThanOrEqual(4);
    expect(count('uncertain')).toBeLessThanOrEqual(16);
    expect(count('uncertain') + count('sent')).toBe(40);
    expect(mailer.sent).toHaveLength(count('sent'));
    const handed = [...hanging.sent, ...mailer.sent].map(({ envelope }) => envelope.to);
    expect(new Set(handed).size).toBe(handed.length);
  }, 60_000);
});

describe('several senders', () => {
  it('share one campaign, each its own partitions, and nothing goes out twice (SND-3)', async () => {
    const { seed } = world;
    const people = Array.from({ length: 120 }, (_, n) => person(`p${String(n)}`, [listA]));
    await seed.people(people);
    // Neither gets an answer for its messages before the other has handed some over.
    const second = fakeMailer(() =>
      world.until('both send', () => first.sent.length > 0).then(() => ACCEPTED),
    );
    const first: FakeMailer = fakeMailer(() =>
      world.until('both send', () => second.sent.length > 0).then(() => ACCEPTED),
    );
    await world.start(first);
    await world.start(second);
    const campaignId = await seed.campaign(await seed.newsletter(), [listA]);
    await seed.move(campaignId, 'StartCampaign');
    await completed(campaignId);
    const handed = [...first.sent, ...second.sent].map(({ envelope }) => envelope.to);
    expect([handed.length, new Set(handed).size]).toEqual([people.length, people.length]);
  }, 60_000);
});
