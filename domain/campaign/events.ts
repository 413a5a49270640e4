import type { AccountId, Event, Instant, ListId, NewsletterId } from '#domain/kernel/index';

export type Audience = Readonly<{ listIds: readonly ListId[] }>;

// The names below are the storage format: never rename one, add a version in codec.ts instead.
export type CampaignDrafted = Event<
  'CampaignDrafted',
  { accountId: AccountId; newsletterId: NewsletterId; audience: Audience }
>;
export type CampaignScheduled = Event<'CampaignScheduled', { startAt: Instant }>;
export type CampaignStarted = Event<'CampaignStarted', { at: Instant }>;
/** Every recipient of the audience, `audience` of them, has a delivery or a skip. */
export type CampaignAudiencePlanned = Event<
  'CampaignAudiencePlanned',
  { audience: number; at: Instant }
>;
export type CampaignPaused = Event<
  'CampaignPaused',
  { at: Instant; cause: 'asked' | 'check-failed' }
>;
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
