import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ListId } from '#domain/kernel/index';
import type { Engines } from '#apps/composition/index';
import { outage, type Outage } from '#libs/projecting/testing/outage';
import {
  deliveryKeyOf,
  fakeMailer,
  senderWorld,
  type FakeMailer,
  type SenderWorld,
} from './testing/sender-world.ts';

const PEOPLE = 40;

describe('a campaign while servers come and go (SND-3)', () => {
  let world: SenderWorld;
  let listId: ListId;
  let server: Outage;
  beforeEach(async () => {
    world = await senderWorld();
    server = outage();
    await world.seed.account();
    listId = await world.seed.list('A');
  });
  afterEach(async () => {
    await world.dispose();
  });

  const everybody = () =>
    world.seed.people(
      Array.from({ length: PEOPLE }, (_, n) => ({
        address: `person${String(n)}@example.org`,
        listIds: [listId],
      })),
    );

  /** Nobody got it twice, and of nobody it is unknown whether they did. */
  const reachedOnce = async (
    mailer: FakeMailer,
    newsletterId: string,
    ids: Awaited<ReturnType<typeof everybody>>,
  ): Promise<void> => {
    const deliveries = await Promise.all(
      ids.map((id) => world.delivery(deliveryKeyOf(newsletterId, id))),
    );
    expect(deliveries.map(({ status }) => status)).toEqual(ids.map(() => 'sent'));
    const addresses = mailer.sent.map(({ envelope }) => envelope.to);
    expect(new Set(addresses).size).toBe(PEOPLE);
    expect(addresses).toHaveLength(PEOPLE);
  };

  const run = async (mailer: FakeMailer, others: Partial<Engines>) => {
    const newsletterId = await world.seed.newsletter();
    const ids = await everybody();
    await world.start(mailer, { leaseMilliseconds: 600 }, others);
    const campaignId = await world.seed.startedCampaign(newsletterId, [listId]);
    const completed = (): Promise<void> =>
      world.until(
        'the campaign completes',
        async () => (await world.campaign(campaignId)).status === 'completed',
      );
    return { newsletterId, ids, completed };
  };

  it('waits in the middle of it, and reaches everybody once after', async () => {
    const mailer = fakeMailer(() => {
      if (mailer.sent.length === 10) server.begin();
      return { status: 'accepted', reply: '250' };
    });
    const { ledger, readStore, leases } = world.engines;
    const { newsletterId, ids, completed } = await run(mailer, {
      ledger: server.over(ledger),
      readStore: server.over(readStore),
      leases: server.over(leases),
    });
    await world.until('the sender met the outage', () => server.refused() > 10);
    server.end();
    await completed();
    await reachedOnce(mailer, newsletterId, ids);
  }, 40_000);

  it('whose answers to writes are lost claims and records nothing twice', async () => {
    const mailer = fakeMailer(() => {
      // What is recorded next is recorded, and nobody is told.
      if (mailer.sent.length % 8 === 0) server.loseAnswers(2);
      return { status: 'accepted', reply: '250' };
    });
    const ledger = server.over(world.engines.ledger, ['append', 'appendMany']);
    const { newsletterId, ids, completed } = await run(mailer, { ledger });
    await completed();
    expect(server.refused()).toBeGreaterThan(5);
    await reachedOnce(mailer, newsletterId, ids);
    expect(world.logged.filter(({ details }) => details['event'] === 'outcome-lost')).toEqual([]);
  }, 40_000);
});
