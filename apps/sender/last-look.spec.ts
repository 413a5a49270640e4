import { describe, expect, it } from '@jest/globals';
import { deliveryStream } from '#domain/delivery/index';
import { civilDateIn, instantOf, plusDays } from '#domain/kernel/index';
import { smtpMailer } from '#libs/mailer/index';
import { startSmtpSink } from '#libs/mailer/testing/smtp-sink';
import { person, useCampaignScene } from './testing/campaign-scene.ts';
import { WITHOUT_LINK } from './testing/seed.ts';
import { deliveryKeyOf, fakeMailer } from './testing/sender-world.ts';

const scene = useCampaignScene();

describe('right before a message leaves', () => {
  it('asks again, so that an unsubscription after planning stops it (C-04, M-15)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([
      person('anna', [scene.listA]),
      person('bert', [scene.listA]),
    ]);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    let refuse = true;
    const mailer = fakeMailer(() =>
      refuse ? { status: 'deferred', reply: '451 4.3.0' } : { status: 'accepted', reply: '250' },
    );
    await scene.world.start(mailer);
    await scene.world.until('both were deferred', () => mailer.sent.length === 2);
    const key = deliveryKeyOf(newsletterId, anna!);
    await scene.world.until(
      'the deferral is recorded',
      async () => (await scene.world.delivery(key)).status === 'deferred',
    );
    await seed.recipient(anna!, { type: 'Unsubscribe' });
    refuse = false;
    scene.world.clock.offset = 16 * 60_000;
    await scene.completed(campaignId);
    expect(await scene.world.delivery(key)).toMatchObject({ status: 'skipped', attempts: 1 });
    expect(mailer.sent.map(({ envelope }) => envelope.to).sort()).toEqual([
      'anna@example.org',
      'bert@example.org',
      'bert@example.org',
    ]);
  });

  it('C-04: names nobody to the server (RCPT) whom the gate denies once a frozen queue moves', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([
      person('anna', [scene.listA]),
      person('bert', [scene.listA]),
    ]);
    let isFrozen = true;
    const named: string[] = [];
    const sink = await startSmtpSink({
      reply: (stage, to) => {
        if (stage === 'rcpt') named.push(to);
        return stage === 'mail' && isFrozen ? '451 4.3.0 later' : undefined;
      },
    });
    const mailer = smtpMailer({ urls: sink.url });
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    const bert = await seed.recipientId('bert@example.org');
    for (const id of [anna!, bert]) {
      const key = deliveryKeyOf(newsletterId, id);
      await scene.world.until(
        'the queue is frozen',
        async () => (await scene.world.delivery(key)).status === 'deferred',
      );
    }
    expect(named).toEqual([]);
    await seed.recipient(anna!, { type: 'Unsubscribe' });
    isFrozen = false;
    scene.world.clock.offset = 16 * 60_000;
    await scene.completed(campaignId);
    expect(named).toEqual(['bert@example.org']);
    expect(await scene.world.delivery(deliveryKeyOf(newsletterId, anna!))).toMatchObject({
      status: 'skipped',
    });
    await mailer.close();
    await sink.close();
  });

  it('C-15: drops a deferred message once the last lawful day has passed between two attempts', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna, bert] = await seed.people([
      person('anna', [scene.listA], { consent: false }),
      person('bert', [scene.listA]),
    ]);
    const today = civilDateIn('America/Toronto', instantOf(Date.now()));
    const grant = { kind: 'implied', basis: 'purchase', date: plusDays(today, -30) } as const;
    await seed.recipient(anna!, { type: 'RecordConsent', grant: { ...grant, expiresOn: today } });
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    let refuse = true;
    const mailer = fakeMailer(() =>
      refuse ? { status: 'deferred', reply: '451 4.3.0' } : { status: 'accepted', reply: '250' },
    );
    await scene.world.start(mailer);
    const key = deliveryKeyOf(newsletterId, anna!);
    for (const id of [anna!, bert!]) {
      await scene.world.until(
        'the deferral is recorded',
        async () =>
          (await scene.world.delivery(deliveryKeyOf(newsletterId, id))).status === 'deferred',
      );
    }
    refuse = false;
    scene.world.clock.offset = 24 * 3_600_000;
    await scene.completed(campaignId);
    expect(await scene.world.delivery(key)).toMatchObject({ status: 'skipped', attempts: 1 });
    const history = await scene.world.engines.ledger.read(deliveryStream, key);
    expect(history.at(-1)?.event).toMatchObject({
      type: 'DeliverySkipped',
      data: { reason: 'consent-expired' },
    });
    // The clock of consents may have written to her as well.
    expect(history.filter(({ event }) => event.type === 'DeliveryAttempted')).toHaveLength(1);
  });

  it('stops the campaign when a message fails the outgoing check (SND-4)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter(WITHOUT_LINK);
    const ids = await seed.people(
      Array.from({ length: 5 }, (_, index) => person(`p${String(index)}`, [scene.listA])),
    );
    const mailer = fakeMailer();
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.world.until(
      'the campaign pauses',
      async () => (await scene.world.campaign(campaignId)).status === 'paused',
    );
    expect(mailer.sent).toHaveLength(0);
    const deliveries = await Promise.all(
      ids.map((id) => scene.world.delivery(deliveryKeyOf(newsletterId, id))),
    );
    expect(deliveries.filter(({ status }) => status === 'skipped')).toHaveLength(1);
    expect(deliveries.filter(({ status }) => status === 'planned')).toHaveLength(4);
    expect(scene.world.logged).toContainEqual({
      level: 'warn',
      details: expect.objectContaining({ event: 'check-failed', campaignId }),
    });
  });

  it('keeps what may have arrived as uncertain, and sends it no more (SND-3)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [scene.listA])]);
    const mailer = fakeMailer(() => ({ status: 'unknown', reason: 'connection-lost' }));
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.completed(campaignId);
    expect(mailer.sent).toHaveLength(1);
    expect(await scene.world.delivery(deliveryKeyOf(newsletterId, anna!))).toMatchObject({
      status: 'uncertain',
    });
  });

  it('gives a deferred message up after 36 hours (N-04)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [scene.listA])]);
    const mailer = fakeMailer(() => ({ status: 'deferred', reply: '451 4.3.0' }));
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    const key = deliveryKeyOf(newsletterId, anna!);
    await scene.world.until('the message is given up', async () => {
      const { status, retryAt } = await scene.world.delivery(key);
      if (status === 'deferred' && retryAt !== undefined) {
        scene.world.clock.offset = Math.max(
          scene.world.clock.offset,
          Date.parse(retryAt) - Date.now() + 1_000,
        );
      }
      return status === 'failed';
    });
    await scene.completed(campaignId);
    expect(scene.world.clock.offset).toBeLessThan(36 * 3_600_000);
    expect(scene.world.clock.offset).toBeGreaterThan(24 * 3_600_000);
    expect(mailer.sent.length).toBeGreaterThan(5);
  });

  it('logs nothing personal', async () => {
    const { seed } = scene.world;
    await seed.people([person('anna', [scene.listA])]);
    await scene.world.start(fakeMailer());
    const campaignId = await seed.startedCampaign(await seed.newsletter(), [scene.listA]);
    await scene.completed(campaignId);
    expect(scene.world.logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(scene.world.logged)).not.toMatch(/anna|cafe\.example|Café/);
  });
});
