import type { AccountId, Event, Instant, ListId, NewsletterId } from '#domain/kernel/index';

export type Audience = Readonly<{ listIds: readonly ListId[] }>;

export type CampaignDrafted = Event<
  'CampaignDrafted',
  { accountId: AccountId; newsletterId: NewsletterId; audience: Audience }
>;
export type CampaignScheduled = Event<'CampaignScheduled', { startAt: Instant }>;
export type CampaignStarted = Event<'CampaignStarted', { at: Instant }>;
/** Every recipient of the audience has a delivery or a skip; planning goes on from `after` in between. */
export type CampaignAudiencePlanned = Event<
  'CampaignAudiencePlanned',
  { audience: number; at: Instant }
>;
export type CampaignPaused = Event<'CampaignPaused', { at: Instant; cause: 'asked' | 'check-failed' }>;
export type CampaignResumed = Event<'CampaignResumed', { at: Instant }>;
export type CampaignCancelled = Event<'CampaignCancelled', { at: Instant }>;
export type CampaignCompleted = Event<'CampaignCompleted', { at: Instant }>;
export type CampaignEvent =
  | CampaignDrafted
  | CampaignScheduled
  | CampaignStarted
  | CampaignAudiencePlanned
  | CampaignPaused
  | CampaignResumed
  | CampaignCancelled
  | CampaignCompleted;

type At = Readonly<{ now: Instant }>;
export type CampaignCommand =
  | Readonly<{
      type: 'DraftCampaign';
      accountId: AccountId;
      newsletterId: NewsletterId;
      audience: Audience;
      startAt?: Instant;
      now: Instant;
    }>
  | (At & Readonly<{ type: 'StartCampaign' }>)
  | (At & Readonly<{ type: 'CompletePlanning'; audience: number }>)
  | (At & Readonly<{ type: 'PauseCampaign'; cause: 'asked' | 'check-failed' }>)
  | (At & Readonly<{ type: 'ResumeCampaign' }>)
  | (At & Readonly<{ type: 'CancelCampaign' }>)
  | (At & Readonly<{ type: 'CompleteCampaign' }>);

export type CampaignStatus = 'draft' | 'planned' | 'running' | 'paused' | 'cancelled' | 'completed';
export type Campaign = Readonly<{
  accountId?: AccountId;
  newsletterId?: NewsletterId;
  audience: Audience;
  status: CampaignStatus;
  startAt?: Instant;
  startedAt?: Instant;
  /** Size of the audience once every member has a delivery or a skip. */
  planned?: number;
}>;
