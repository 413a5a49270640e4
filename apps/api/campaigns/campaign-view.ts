import type { CampaignId } from '#domain/kernel/index';
import type { Campaign } from '#domain/campaign/index';
import type { ReadModel } from '#libs/read-store/port';
import {
  campaignCounts,
  campaignOf,
  skippedBy,
  type CampaignCounts,
} from '#projections/campaign-progress/index';
import { unknown } from '../http/problem.ts';
import type { CampaignAnswer } from './campaign.dto.ts';

export type Progress = Readonly<{
  counts: CampaignCounts;
  skippedBy: Readonly<Record<string, number>>;
}>;

type Models = Readonly<{ progress: ReadModel; queue: ReadModel }>;

/** What became of a campaign's deliveries so far. */
export const progressOf = async (
  { progress, queue }: Models,
  id: CampaignId,
): Promise<Progress> => {
  const known = await campaignOf(progress, id);
  return {
    counts: await campaignCounts(queue, id, known?.audienceSize),
    skippedBy: await skippedBy(queue, id, known?.skipReasons ?? []),
  };
};

export const campaignView = (
  id: string,
  campaign: Campaign,
  revision: number,
  progress: Progress,
): CampaignAnswer => {
  const { status, newsletterId, audience, startAt, startedAt } = campaign;
  if (status === 'none' || newsletterId === undefined) throw unknown('campaign');
  return {
    id,
    newsletterId,
    audience: { listIds: [...audience.listIds] },
    status,
    ...(startAt !== undefined && { startAt }),
    ...(startedAt !== undefined && { startedAt }),
    counts: { ...progress.counts },
    skippedBy: { ...progress.skippedBy },
    revision,
  };
};
