import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fold, instantOf } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import { deliveryStream } from '#domain/delivery/index';
import { recipientStream } from '#domain/recipient/index';
import { countDeliveries, deliveryQueue } from '#projections/delivery-queue/index';
import { listMembers } from '#projections/list-members/index';
import { handleMany } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/port';
import type { ReadStore } from '#libs/read-store/port';
import { systemContext } from '../system-context.ts';
import { senderWorld, type SenderWorld } from '../testing/sender-world.ts';
import { planCampaign } from './plan-campaign.ts';

/** Planned at once. */
const BATCH = 500;
/** Of more batches than one, so that a planning can be broken off in between and within. */
const PEOPLE = 1_100;

describe('the planning of a campaign', () => {
  let world: SenderWorld;
  beforeEach(async () => {
    world = await senderWorld();
    await world.seed.account();
  });
  afterEach(() => world.dispose());

  /** A campaign to all of them that has started, and what its planning needs. */
  const started = async () => {
    const { seed, engines } = world;
    const { ledger, readStore } = engines;
    const listId = await seed.list('A');
    const ids = await seed.people(
      Array.from({ length: PEOPLE }, (_, n) => ({
        address: `p${String(n)}@example.org`,
        listIds: [listId],
      })),
    );
    const campaignId = await seed.startedCampaign(await seed.newsletter(), [listId]);
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
    return { ids, planning };
  };

  /** Ours for one batch. */
  const once = () => {
    let turns = 0;
    return async (): Promise<boolean> => (turns += 1) === 1;
  };
  const always = async (): Promise<boolean> => true;

  it('counts who was planned before it was broken off, and has left since (SND-7)', async () => {
    const { ids, planning } = await started();
    expect(await planCampaign({ ...planning, isOurs: once() })).toBe(false);
    const [first = ids[0]] = [...ids].sort();
    if (first === undefined) throw new Error('There is nobody.');
    await world.seed.recipient(first, { type: 'Unsubscribe' });
    expect(await planCampaign({ ...planning, isOurs: always })).toBe(true);
    expect((await world.campaign(planning.campaignId)).planned).toBe(PEOPLE);
  }, 60_000);

  it('does not go on while the members of lists are being counted anew (SND-7)', async () => {
    const { planning } = await started();
    const { readStore } = planning;
    expect(await planCampaign({ ...planning, isOurs: once() })).toBe(false);
    await world.until(
      'the queue to show the first batch',
      async () =>
        (await countDeliveries(readStore.model(deliveryQueue), planning.campaignId)) === BATCH,
    );
    // As after an update with a new version of this read model, which is empty at first.
    const emptied: ReadStore = {
      ...readStore,
      model: (model) =>
        model.name === listMembers.name
          ? { ...readStore.model(model), find: async () => [], checkpoint: async () => undefined }
          : readStore.model(model),
    };
    const inVain = { ...planning, readStore: emptied, signal: AbortSignal.abort() };
    expect(await planCampaign({ ...inVain, isOurs: always })).toBe(false);
    expect(await planCampaign({ ...planning, isOurs: always })).toBe(true);
    expect((await world.campaign(planning.campaignId)).planned).toBe(PEOPLE);
  }, 60_000);

  it('goes on where it was broken off: who is on record is not asked about again (SND-7)', async () => {
    const { ids, planning } = await started();
    const { ledger, readStore, campaign, campaignId, clock } = planning;
    const { accountId, newsletterId } = campaign;
    if (accountId === undefined || newsletterId === undefined) throw new Error('Never drafted.');
    expect(await planCampaign({ ...planning, isOurs: once() })).toBe(false);
    // Broken off in the middle of its second batch, of which it had every other one.
    const second = [...ids].sort().slice(BATCH, 2 * BATCH);
    const done = second.filter((_, index) => index % 2 === 1);
    const now = instantOf(clock());
    const content = { kind: 'newsletter', newsletterId, campaignId } as const;
    await handleMany(
      ledger,
      done.map((recipientId) => ({
        definition: deliveryStream,
        key: `${newsletterId}.${recipientId}`,
        command: {
          type: 'PlanDelivery' as const,
          accountId,
          recipientId,
          content,
          listIds: [],
          now,
        },
        context: systemContext({ accountId, correlationId: campaignId, now }),
      })),
    );
    const queue = readStore.model(deliveryQueue);
    const onRecord = BATCH + done.length;
    await world.until(
      'the queue to show them',
      async () => (await countDeliveries(queue, campaignId)) === onRecord,
    );
    let asked = 0;
    const counting: Ledger = {
      ...ledger,
      readMany: (format, keys, options) => {
        if (format.category === recipientStream.category) asked += keys.length;
        return ledger.readMany(format, keys, options);
      },
    };
    expect(await planCampaign({ ...planning, ledger: counting, isOurs: always })).toBe(true);
    expect(asked).toBe(PEOPLE - onRecord);
    expect((await world.campaign(campaignId)).planned).toBe(PEOPLE);
  }, 60_000);
});
