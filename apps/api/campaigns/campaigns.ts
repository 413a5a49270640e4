import { CampaignId } from '#domain/kernel/index';
import { campaignStream, type Campaign } from '#domain/campaign/index';
import { campaignProgress } from '#projections/campaign-progress/index';
import { deliveryQueue } from '#projections/delivery-queue/index';
import type { Caller } from '../http/caller.ts';
import { unknown } from '../http/problem.ts';
import type { ReadModels } from '../reading/read-models.ts';
import type { Streams } from '../streams.ts';
import { type Folded } from '../streams.ts';
import type { CampaignAnswer } from './campaign.dto.ts';
import { campaignView, progressOf } from './campaign-view.ts';

export type OwnCampaign = Folded<Campaign> & Readonly<{ id: CampaignId }>;

/** Campaigns of the caller's account, with their progress. */
export class Campaigns {
  readonly #streams: Streams;
  readonly #models: ReadModels;

  constructor(streams: Streams, models: ReadModels) {
    this.#streams = streams;
    this.#models = models;
  }

  /** Throws the problem `not-found`. */
  async own(id: string, caller: Caller): Promise<OwnCampaign> {
    if (!CampaignId.is(id)) throw unknown('campaign');
    const campaign = await this.#streams.read(campaignStream, id);
    if (campaign.state.accountId !== caller.accountId) throw unknown('campaign');
    return { ...campaign, id };
  }

  /** `after` waits until the counts know that write. */
  async view(
    id: string,
    { state, revision }: Pick<Folded<Campaign>, 'state' | 'revision'>,
    caller: Caller,
    after?: string,
  ): Promise<CampaignAnswer> {
    if (!CampaignId.is(id)) throw unknown('campaign');
    const { accountId } = caller;
    const models = {
      progress: await this.#models.upTo(campaignProgress, accountId, after),
      queue: await this.#models.upTo(deliveryQueue, accountId, after),
    };
    return campaignView(id, state, revision, await progressOf(models, id));
  }
}
