import type { StreamDefinition } from '#domain/kernel/index';
import { campaignCodec } from './codec.ts';
import type { CampaignCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { CampaignEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { CampaignRejection } from './rejections.ts';
import { NO_CAMPAIGN, type Campaign } from './state.ts';

export const campaignStream: StreamDefinition<
  CampaignCommand,
  Campaign,
  CampaignEvent,
  CampaignRejection
> = {
  category: 'campaign',
  initialState: NO_CAMPAIGN,
  evolve,
  decide,
  codec: campaignCodec,
};

export type {
  CampaignCommand,
  CancelCampaign,
  CompleteCampaign,
  CompletePlanning,
  DraftCampaign,
  PauseCampaign,
  ResumeCampaign,
  StartCampaign,
} from './commands.ts';
export type {
  Audience,
  CampaignAudiencePlanned,
  CampaignCancelled,
  CampaignCompleted,
  CampaignDrafted,
  CampaignEvent,
  CampaignPaused,
  CampaignResumed,
  CampaignScheduled,
  CampaignStarted,
} from './events.ts';
export type { CampaignRejection, CampaignRejectionCode } from './rejections.ts';
export type { Campaign, CampaignStatus } from './state.ts';
