import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fold } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { senderWorld, type SenderWorld } from '../testing/sender-world.ts';
import { planCampaign } from './plan-campaign.ts';

/** More than are planned at once, so that a planning can be broken off in between. */
const PEOPLE = 600;

describe('the planning of a campaign', () => {
  let world: SenderWorld;
  beforeEach(async () => {
    world = await senderWorld();
    await world.seed.account();
  });
  afterEach(() => world.dispose());

  it('counts who was planned before it was broken off, and has left since (SND-7)', async () => {
    const { seed, engines } = world;
    const { ledger, readStore } = engines;
    const listId = await seed.list('A');
    const ids = await seed.people(
      Array.from({ length: PEOPLE }, (_, n) => ({
        address: `p${String(n)}@example.org`,
        listIds: [listId],
      })),
    );
    const campaignId = await seed.campaign(await seed.newsletter(), [listId]);
    await seed.move(campaignId, 'StartCampaign');
    const history = await ledger.read(accountStream, seed.accountId);
    const account = fold(
      accountStream,
      history.map(({ event }) => event),
    );
    if (account.status === 'none') throw new Error('There is no account.');
    const planning = {
      ledger,
      readStore,
      clock: Date.now,
      signal: new AbortController().signal,
      campaignId,
      campaign: await world.campaign(campaignId),
      terms: account.terms,
      planned: () => undefined,
    };

    let turns = 0;
    const once = async (): Promise<boolean> => (turns += 1) === 1;
    expect(await planCampaign({ ...planning, isOurs: once })).toBe(false);
    const [first = ids[0]] = [...ids].sort();
    if (first === undefined) throw new Error('There is nobody.');
    await seed.recipient(first, { type: 'Unsubscribe' });
    expect(await planCampaign({ ...planning, isOurs: async () => true })).toBe(true);
    expect((await world.campaign(campaignId)).planned).toBe(PEOPLE);
  }, 60_000);
});
