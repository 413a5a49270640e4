import type { AccountId, Instant, NewsletterId } from '#domain/kernel/index';
import type { Audience, CampaignPaused } from './events.ts';

type At = Readonly<{ now: Instant }>;
/** Makes a draft, or with `startAt` a campaign that starts by itself at that time. */
export type DraftCampaign = At &
  Readonly<{
    type: 'DraftCampaign';
    accountId: AccountId;
    newsletterId: NewsletterId;
    audience: Audience;
    startAt?: Instant;
  }>;
export type StartCampaign = At & Readonly<{ type: 'StartCampaign' }>;
export type CompletePlanning = At & Readonly<{ type: 'CompletePlanning'; audience: number }>;
export type PauseCampaign = At &
  Readonly<{ type: 'PauseCampaign'; cause: CampaignPaused['data']['cause'] }>;
export type ResumeCampaign = At & Readonly<{ type: 'ResumeCampaign' }>;
export type CancelCampaign = At & Readonly<{ type: 'CancelCampaign' }>;
export type CompleteCampaign = At & Readonly<{ type: 'CompleteCampaign' }>;
export type CampaignCommand =
  | DraftCampaign
  | StartCampaign
  | CompletePlanning
  | PauseCampaign
  | ResumeCampaign
  | CancelCampaign
  | CompleteCampaign;
