import { describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '#libs/mailer/index';
import type { Leases } from '#libs/leases/port';
import { mailRenderer } from '#libs/rendering/index';
import { PARTITIONS } from '#projections/delivery-queue/index';
import { startSender } from './index.ts';
import { person, useCampaignScene } from './testing/campaign-scene.ts';
import { deliveryKeyOf, fakeMailer, type FakeMailer } from './testing/sender-world.ts';

const ACCEPTED: DeliveryOutcome = { status: 'accepted', reply: '250' };
const scene = useCampaignScene();

/** Gives nothing back when it ends, as a process that was killed. */
const startMortal = (mailer: FakeMailer, signal: AbortSignal) =>
  startSender({
    ...scene.world.engines,
    leases: {
      ...scene.world.engines.leases,
      acquire: (...asked) => scene.world.engines.leases.acquire(...asked),
      release: async () => undefined,
    },
    mailer,
    renderer: mailRenderer(),
    config: { publicUrl: 'https://mail.attesta.example', leaseMilliseconds: 600 },
    clock: Date.now,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    signal,
  });

describe('when a sender dies', () => {
  it('its open claims become uncertain once its lease has run out, and the rest is sent (SND-3)', async () => {
    const { seed } = scene.world;
    const newsletterId = await seed.newsletter();
    const ids = await seed.people(
      Array.from({ length: 40 }, (_, index) => person(`p${String(index)}`, [scene.listA])),
    );
    // It takes messages and never says what became of them, as a process that was killed.
    const hanging = fakeMailer(() => new Promise(() => undefined));
    const dead = new AbortController();
    await startMortal(hanging, dead.signal);
    const campaignId = await seed.startedCampaign(newsletterId, [scene.listA]);
    await scene.world.until('four messages hang', () => hanging.sent.length === 4);
    dead.abort();

    const mailer = fakeMailer();
    await scene.world.start(mailer, { leaseMilliseconds: 600 });
    await scene.completed(campaignId);
    const deliveries = await Promise.all(
      ids.map((id) => scene.world.delivery(deliveryKeyOf(newsletterId, id))),
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

  it('what it had is in the hands of another, however busy that one is (SND-3)', async () => {
    const { seed, engines } = scene.world;
    const people = Array.from({ length: 240 }, (_, n) => person(`p${String(n)}`, [scene.listA]));
    await seed.people(people);
    const dead = new AbortController();
    const hanging = fakeMailer(() => new Promise(() => undefined));
    await startMortal(hanging, dead.signal);
    const taken = new Set<string>();
    const leases: Leases = {
      ...engines.leases,
      acquire: async (name, ...asked) => {
        const lease = await engines.leases.acquire(name, ...asked);
        if (lease !== undefined) taken.add(name);
        return lease;
      },
    };
    const slow = Promise.withResolvers<DeliveryOutcome>();
    const survivor = fakeMailer(() => slow.promise);
    await scene.world.start(survivor, { leaseMilliseconds: 600 }, { leases });
    const campaignId = await seed.startedCampaign(await seed.newsletter(), [scene.listA]);
    await scene.world.until(
      'both have handed messages over',
      () => hanging.sent.length === 4 && survivor.sent.length === 4,
    );
    dead.abort();
    await scene.world.until('the survivor has all parts of the campaign', () =>
      Array.from(
        { length: PARTITIONS },
        (_, n) => `sending/deliver/${campaignId}/${String(n)}`,
      ).every((name) => taken.has(name)),
    );
    // It had no word from its relay in all that time.
    expect(survivor.sent).toHaveLength(4);
    slow.resolve(ACCEPTED);
    await scene.completed(campaignId);
  }, 60_000);
});

describe('several senders', () => {
  it('share one campaign, each its own partitions, and nothing goes out twice (SND-3)', async () => {
    const { seed } = scene.world;
    const people = Array.from({ length: 120 }, (_, n) => person(`p${String(n)}`, [scene.listA]));
    await seed.people(people);
    // Neither gets an answer for its messages before the other has handed some over.
    const second = fakeMailer(() =>
      scene.world.until('both send', () => first.sent.length > 0).then(() => ACCEPTED),
    );
    const first: FakeMailer = fakeMailer(() =>
      scene.world.until('both send', () => second.sent.length > 0).then(() => ACCEPTED),
    );
    await scene.world.start(first);
    await scene.world.start(second);
    const campaignId = await seed.startedCampaign(await seed.newsletter(), [scene.listA]);
    await scene.completed(campaignId);
    const handed = [...first.sent, ...second.sent].map(({ envelope }) => envelope.to);
    expect([handed.length, new Set(handed).size]).toEqual([people.length, people.length]);
  }, 60_000);
});
