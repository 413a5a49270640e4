import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import type { Language } from '#domain/kernel/index';
import { person, useCampaignScene } from './testing/campaign-scene.ts';
import { deliveryKeyOf, fakeMailer } from './testing/sender-world.ts';

const en = 'en' as Language;
const scene = useCampaignScene();

describe('a campaign (SND-2)', () => {
  it('reaches everybody of its lists once, in their language, and completes', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    await seed.people([
      person('anna', [scene.listA]),
      person('bert', [scene.listB], { language: en }),
      person('cleo', [scene.listA, scene.listB]),
      person('nope', [scene.listA], { consent: false }),
    ]);
    const mailer = fakeMailer();
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA, scene.listB]);
    await scene.completed(campaignId);

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
    expect((await scene.world.campaign(campaignId)).planned).toBe(4);
    const nope = await seed.recipientId('nope@example.org');
    expect(await scene.world.delivery(deliveryKeyOf(newsletterId, nope))).toMatchObject({
      status: 'skipped',
    });
    expect(
      await scene.world.delivery(
        deliveryKeyOf(newsletterId, await seed.recipientId('anna@example.org')),
      ),
    ).toMatchObject({
      status: 'sent',
      language: 'fr',
      listIds: [scene.listA],
    });
  });

  it('never sends a newsletter twice to one person, whichever campaign asks (SND-3)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const [anna] = await seed.people([person('anna', [scene.listA, scene.listB])]);
    const mailer = fakeMailer();
    await scene.world.start(mailer);
    for (const listId of [scene.listA, scene.listB]) {
      const campaignId = await seed.startedCampaign(newsletterId, [listId]);
      await scene.completed(campaignId);
    }
    expect(mailer.sent).toHaveLength(1);
    const delivery = await scene.world.delivery(deliveryKeyOf(newsletterId, anna!));
    expect(delivery).toMatchObject({ status: 'sent' });
    expect(delivery.skippedBy).toHaveLength(1);
  });

  it('is not held up by another one that skips the same people in the meantime (SND-3)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const people = Array.from({ length: 30 }, (_, index) =>
      person(`p${String(index)}`, [scene.listA]),
    );
    await seed.people(people);
    const gate = Promise.withResolvers<undefined>();
    const mailer = fakeMailer(async () => {
      await gate.promise;
      return { status: 'accepted', reply: '250' };
    });
    await scene.world.start(mailer);
    const first = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.world.until('the first messages are under way', () => mailer.sent.length === 4);
    // Its skips stand in the streams of deliveries that are claimed, and of others that are only planned.
    const second = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.world.until(
      'the second campaign is planned',
      async () => (await scene.world.campaign(second)).planned !== undefined,
    );
    gate.resolve(undefined);
    await scene.completed(first);
    expect(mailer.sent.map(({ envelope }) => envelope.to).sort()).toEqual(
      people.map(({ address }) => address).sort(),
    );
    for (const { address } of people) {
      const key = deliveryKeyOf(newsletterId, await seed.recipientId(address));
      expect(await scene.world.delivery(key)).toMatchObject({ status: 'sent' });
    }
    expect(scene.world.logged).not.toContainEqual(
      expect.objectContaining({ details: expect.objectContaining({ event: 'outcome-lost' }) }),
    );
  });

  it('starts at its time (SND-2)', async () => {
    const { seed } = scene.world;
    await seed.people([person('anna', [scene.listA])]);
    const mailer = fakeMailer();
    await scene.world.start(mailer);
    const campaignId = await seed.campaign(await seed.newsletter(), [scene.listA], 3_600_000);
    expect((await scene.world.campaign(campaignId)).status).toBe('planned');
    scene.world.clock.offset = 3_600_001;
    await scene.completed(campaignId);
    expect(mailer.sent).toHaveLength(1);
  });

  it('waits while paused, goes on when resumed, and skips the rest when cancelled', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const ids = await seed.people(
      Array.from({ length: 60 }, (_, index) => person(`p${String(index)}`, [scene.listA])),
    );
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const mailer = fakeMailer(async () => {
      await held;
      return { status: 'accepted', reply: '250' };
    });
    await scene.world.start(mailer);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.world.until('messages are under way', () => mailer.sent.length > 0);
    await seed.move(campaignId, 'PauseCampaign');
    await seed.move(campaignId, 'CancelCampaign');
    release?.();
    const statuses = async (): Promise<readonly string[]> => {
      const deliveries = ids.map((id) => scene.world.delivery(deliveryKeyOf(newsletterId, id)));
      return (await Promise.all(deliveries)).map(({ status }) => status);
    };
    await scene.world.until('every delivery has ended', async () =>
      (await statuses()).every((status) => status === 'sent' || status === 'skipped'),
    );
    expect(await statuses()).toContain('skipped');
    expect((await statuses()).filter((status) => status === 'sent')).toHaveLength(
      mailer.sent.length,
    );
  });
});
