import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  deliveryStream,
  type Delivery,
  type DeliveryCommand,
  type DeliveryEvent,
} from '#domain/delivery/index';
import type { CampaignId, Instant, Language, RecipientId } from '#domain/kernel/index';
import {
  aCampaign,
  anAccount,
  aNewsletter,
  anotherCampaign,
  earlier,
  later,
  news,
  now,
} from '#domain/testing/sample-ids';
import {
  campaignCounts,
  campaignOf,
  campaignProgress,
  skippedBy,
} from '#projections/campaign-progress/index';
import type { ReadModel } from '#libs/read-store/port';
import { applyAll, readStoreForSpec } from '#projections/testing/projected';
import { recorder, type Recorder } from '#projections/testing/recorded';
import {
  deliveriesOfCampaign,
  deliveryQueue,
  dueDeliveries,
  openClaims,
  PARTITIONS,
} from './index.ts';

const store = readStoreForSpec();
const id = (n: number): RecipientId => `rcp_01jd000000000000000000000${n}` as RecipientId;
const CAMPAIGNS = [aCampaign, anotherCampaign];

type Ask = Readonly<{
  recipient: number;
  campaign: number;
  kind: DeliveryCommand['type'];
  reason: string;
}>;
const commandOf = ({ recipient, campaign, kind, reason }: Ask): DeliveryCommand => {
  const campaignId = CAMPAIGNS[campaign] ?? aCampaign;
  const content = { kind: 'newsletter', newsletterId: aNewsletter, campaignId } as const;
  const whose = { accountId: anAccount, recipientId: id(recipient), content };
  switch (kind) {
    case 'PlanDelivery':
      return { type: kind, ...whose, listIds: [news], now };
    case 'SkipDelivery':
      return { type: kind, ...whose, reason, now };
    case 'AttemptDelivery': {
      const claim = { messageId: 'm', language: 'fr' as Language, basis: 'express', claimant: 's' };
      return { type: kind, ...claim, now };
    }
    case 'RecordDeferred':
      return { type: kind, reply: '451', retryAt: later, now };
    case 'RecordUncertain':
      return { type: kind, cause: 'claimant-gone', now };
    default:
      return { type: kind, reply: '250', now };
  }
};

/** Carries commands out on their streams, and says where each delivery is at the end. */
const carryOut = (asks: readonly Ask[], ledger: Recorder): Map<number, Delivery> => {
  const states = new Map<number, Delivery>();
  for (const ask of asks) {
    const state = states.get(ask.recipient) ?? deliveryStream.initialState;
    const decision = deliveryStream.decide(commandOf(ask), state);
    const events: readonly DeliveryEvent[] = decision.ok ? decision.value : [];
    for (const event of events) {
      ledger.record(`delivery-${aNewsletter}.${id(ask.recipient)}`, event);
    }
    states.set(ask.recipient, events.reduce(deliveryStream.evolve, state));
  }
  return states;
};

const asks = fc.array(
  fc.record({
    recipient: fc.integer({ min: 1, max: 4 }),
    campaign: fc.integer({ min: 0, max: 1 }),
    kind: fc.constantFrom<DeliveryCommand['type']>(
      'PlanDelivery',
      'PlanDelivery',
      'SkipDelivery',
      'AttemptDelivery',
      'RecordAccepted',
      'RecordDeferred',
      'RecordRefused',
      'RecordUncertain',
    ),
    reason: fc.constantFrom('no-consent', 'already-received'),
  }),
  { maxLength: 40 },
);

/** Of every part of a campaign, the longest due first. */
const dueOf = async (
  queue: ReadModel,
  campaignId: CampaignId,
  page: Parameters<typeof dueDeliveries>[2],
) => {
  const parts = Array.from({ length: PARTITIONS }, (_, partition) =>
    dueDeliveries(queue, { campaignId, partition }, page),
  );
  return (await Promise.all(parts))
    .flat()
    .sort((a, b) => (`${a.dueAt ?? ''} ${a.id}` < `${b.dueAt ?? ''} ${b.id}` ? -1 : 1));
};

describe('the delivery queue', () => {
  it('SND-3 counts for each campaign what the streams of its deliveries say', async () => {
    await fc.assert(
      fc.asyncProperty(asks, async (given) => {
        const ledger = recorder();
        const states = [...carryOut(given, ledger).values()];
        const queue = await store.begin(deliveryQueue);
        const progress = await store.begin(campaignProgress);
        await applyAll(queue, deliveryQueue, ledger.all());
        await applyAll(progress, campaignProgress, ledger.all());
        for (const campaignId of CAMPAIGNS) {
          const skips = states.filter((each) => each.skippedBy.includes(campaignId)).length;
          const withStatus = (...statuses: string[]): number =>
            states.filter(({ status, content }) => {
              const isMine = content?.kind === 'newsletter' && content.campaignId === campaignId;
              return isMine && statuses.includes(status);
            }).length;
          const counts = await campaignCounts(queue, campaignId);
          expect(counts).toMatchObject({
            skipped: skips,
            sent: withStatus('sent'),
            deferred: withStatus('deferred'),
            failed: withStatus('failed'),
            uncertain: withStatus('uncertain'),
            pending: withStatus('planned', 'attempted'),
          });
          expect(counts.audience).toBe(counts.planned + counts.skipped);
          const reasons = (await campaignOf(progress, campaignId))?.skipReasons ?? [];
          const byReason = await skippedBy(queue, campaignId, reasons);
          expect(Object.values(byReason).reduce((sum, each) => sum + each, 0)).toBe(skips);
          const due = await dueOf(queue, campaignId, { now: later, limit: 100 });
          expect(due.length).toBe(withStatus('planned', 'deferred'));
        }
        await queue.drop();
        await progress.drop();
      }),
      { numRuns: 100 },
    );
  });

  const filled = async (...given: readonly Omit<Ask, 'reason'>[]) => {
    const ledger = recorder();
    carryOut(
      given.map((ask) => ({ ...ask, reason: 'no-consent' })),
      ledger,
    );
    const queue = await store.begin(deliveryQueue);
    await applyAll(queue, deliveryQueue, ledger.all());
    return queue;
  };
  const plan = (recipient: number, campaign = 0) =>
    ({ recipient, campaign, kind: 'PlanDelivery' }) as const;
  const attempt = (recipient: number) =>
    ({ recipient, campaign: 0, kind: 'AttemptDelivery' }) as const;

  it('gives what is due now, in pages, and not what waits for a later hour', async () => {
    const queue = await filled(plan(1), plan(2), plan(3), attempt(3), {
      recipient: 3,
      campaign: 0,
      kind: 'RecordDeferred',
    });
    const due = async (at: Instant, campaignId: CampaignId = aCampaign) =>
      (await dueOf(queue, campaignId, { now: at, limit: 10 })).map(
        ({ recipientId }) => recipientId,
      );
    expect(await due(now)).toEqual([id(1), id(2)]);
    expect(await due(later)).toEqual([id(1), id(2), id(3)]);
    expect(await due(earlier)).toEqual([]);
    expect(await due(later, anotherCampaign)).toEqual([]);
    await queue.drop();
  });

  it('gives what is due of a part of a campaign in pages, as each part may have another sender', async () => {
    const recipients = Array.from({ length: 60 }, (_, n) => n + 1);
    const queue = await filled(...recipients.map((n) => plan(n)));
    const parts = Array.from({ length: PARTITIONS }, (_, n) => n);
    const found = await Promise.all(
      parts.map(async (partition) => {
        const part = { campaignId: aCampaign, partition };
        const [first, ...others] = await dueDeliveries(queue, part, { now, limit: 100 });
        if (first === undefined) return [];
        const next = { now, limit: 100, after: first };
        expect(await dueDeliveries(queue, part, next)).toEqual(others);
        return [first, ...others];
      }),
    );
    expect(found.filter(({ length }) => length > 0).length).toBeGreaterThan(1);
    expect(new Set(found.flat().map(({ recipientId }) => recipientId)).size).toBe(60);
    expect(found.flat()).toHaveLength(60);
    await queue.drop();
  });

  it('lists deliveries by status, skips included, and claims without an outcome', async () => {
    const queue = await filled(plan(1), attempt(1), plan(2), {
      recipient: 2,
      campaign: 1,
      kind: 'SkipDelivery',
    });
    expect(await openClaims(queue, { before: later, limit: 5 })).toMatchObject([
      { recipientId: id(1), claimant: 's', attempts: 1 },
    ]);
    expect(await openClaims(queue, { before: now, limit: 5 })).toEqual([]);
    const skipped = await deliveriesOfCampaign(queue, anotherCampaign, { limit: 5 });
    expect(skipped).toMatchObject([
      { recipientId: id(2), status: 'skipped', reason: 'no-consent' },
    ]);
    const planned = await deliveriesOfCampaign(queue, aCampaign, { status: 'planned', limit: 5 });
    expect(planned).toMatchObject([{ recipientId: id(2), status: 'planned' }]);
    await queue.drop();
  });
});
