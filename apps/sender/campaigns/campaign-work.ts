import { instantOf, type CampaignId, type Instant } from '#domain/kernel/index';
import { accountStream } from '#domain/account/index';
import type { Campaign } from '#domain/campaign/index';
import type { DeliveryCommand } from '#domain/delivery/index';
import {
  countDeliveries,
  deliveriesOfCampaign,
  deliveryKey,
  deliveryQueue,
} from '#projections/delivery-queue/index';
import type { StateCache } from '#libs/commands/index';
import { whenProcessed } from '#libs/projecting/index';
import type { DeliveryJournal, Entry } from '../delivery/journal.ts';
import type { SenderParts } from '../sender-parts.ts';
import type { WorkLeases } from '../work-leases.ts';
import { moveCampaign } from './campaign-commands.ts';
import type { CampaignWatch } from './campaign-watch.ts';
import { planCampaign } from './plan-campaign.ts';

const PAGE = 500;
const READ_MODEL_TIMEOUT_MILLISECONDS = 5_000;
const PENDING = ['planned', 'deferred', 'attempted'] as const;

export type CampaignWorkParts = Pick<
  SenderParts,
  'ledger' | 'readStore' | 'clock' | 'log' | 'signal'
> &
  Readonly<{
    watch: CampaignWatch;
    states: StateCache;
    journal: DeliveryJournal;
    work: WorkLeases;
    planned: Parameters<typeof planCampaign>[0]['planned'];
  }>;

/** Moves campaigns from their start to their end; the messages themselves are somebody else's. */
export class CampaignWork {
  readonly #parts: CampaignWorkParts;

  constructor(parts: CampaignWorkParts) {
    this.#parts = parts;
  }

  /** Starts what is due, plans what has started, clears up what was cancelled. True when something was done. */
  async advance(): Promise<boolean> {
    const { watch, work, clock } = this.#parts;
    await watch.refresh();
    let advanced = false;
    for (const [id, campaign] of watch.open()) {
      const step = this.#step(campaign, instantOf(clock()));
      if (step === undefined || !(await work.hold(`plan/${id}`))) continue;
      if (await step(id, campaign)) advanced = true;
    }
    return advanced;
  }

  /** Ends running campaigns of which nothing is pending any more. */
  async completeFinished(): Promise<void> {
    const { watch, ledger } = this.#parts;
    for (const [id, campaign] of watch.open()) {
      if (campaign.status !== 'running' || campaign.planned === undefined) continue;
      if (await this.#hasPending(id)) continue;
      await moveCampaign({ ...this.#parts, ledger }, id, campaign, { type: 'CompleteCampaign' });
    }
  }

  #step(
    campaign: Campaign,
    now: Instant,
  ): ((id: CampaignId, campaign: Campaign) => Promise<boolean>) | undefined {
    const { status, startAt, planned } = campaign;
    if (status === 'planned' && startAt !== undefined && startAt <= now) return this.#start;
    if ((status === 'running' || status === 'paused') && planned === undefined) return this.#plan;
    return status === 'cancelled' ? this.#clear : undefined;
  }

  readonly #start = async (id: CampaignId, campaign: Campaign): Promise<boolean> =>
    (await moveCampaign(this.#parts, id, campaign, { type: 'StartCampaign' })).ok;

  readonly #plan = async (campaignId: CampaignId, campaign: Campaign): Promise<boolean> => {
    const { states, work, log } = this.#parts;
    if (campaign.accountId === undefined) return false;
    const { state: account } = await states.get(accountStream, campaign.accountId);
    if (account.status === 'none') return false;
    const isOurs = (): Promise<boolean> => work.hold(`plan/${campaignId}`);
    const planning = { ...this.#parts, campaignId, campaign, terms: account.terms, isOurs };
    const isDone = await planCampaign(planning);
    if (isDone) log.info({ event: 'campaign-planned', campaignId }, 'A campaign is planned.');
    return isDone;
  };

  /** What a cancelled campaign had planned is skipped, so that its recipients can be reached by another one. */
  readonly #clear = async (campaignId: CampaignId): Promise<boolean> => {
    const { readStore, watch, journal, clock } = this.#parts;
    const model = readStore.model(deliveryQueue);
    if (!(await this.#isCaughtUp())) return false;
    let cleared = false;
    for (const status of ['planned', 'deferred'] as const) {
      const page = await deliveriesOfCampaign(model, campaignId, { status, limit: PAGE });
      const now = instantOf(clock());
      const entries = await journal.load(page.map(deliveryKey));
      const steps = entries.flatMap((entry) => cancelStep(entry, campaignId, now));
      await journal.record(steps, now);
      cleared ||= page.length > 0;
    }
    if (!cleared) watch.forget(campaignId);
    return cleared;
  };

  async #hasPending(campaignId: CampaignId): Promise<boolean> {
    const model = this.#parts.readStore.model(deliveryQueue);
    if (!(await this.#isCaughtUp())) return true;
    for (const status of PENDING) {
      if ((await countDeliveries(model, campaignId, status)) > 0) return true;
    }
    return false;
  }

  async #isCaughtUp(): Promise<boolean> {
    const { ledger, readStore, signal } = this.#parts;
    const head = await ledger.head();
    const timeoutMilliseconds = READ_MODEL_TIMEOUT_MILLISECONDS;
    const model = readStore.model(deliveryQueue);
    return head === undefined || whenProcessed(model, head, { timeoutMilliseconds, signal });
  }
}

const cancelStep = (
  entry: Entry,
  campaignId: CampaignId,
  now: Instant,
): { entry: Entry; command: DeliveryCommand }[] => {
  const { status, content, accountId, recipientId } = entry.delivery;
  const isWaiting = status === 'planned' || status === 'deferred';
  const isOwn = content?.kind === 'newsletter' && content.campaignId === campaignId;
  if (!isWaiting || !isOwn || accountId === undefined || recipientId === undefined) return [];
  const reason = 'campaign-cancelled';
  return [
    { entry, command: { type: 'SkipDelivery', accountId, recipientId, content, reason, now } },
  ];
};
