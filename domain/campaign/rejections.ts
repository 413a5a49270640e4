import type { Refusal } from '#domain/kernel/index';
import type { CampaignStatus } from './state.ts';

export type CampaignRejectionCode =
  | 'campaign-exists'
  | 'unknown-campaign'
  | 'list-required'
  | 'start-in-the-past'
  | 'audience-not-planned'
  | 'wrong-status';
export type CampaignRejection = Refusal<CampaignRejectionCode>;

export const CAMPAIGN_EXISTS: CampaignRejection = {
  code: 'campaign-exists',
  message: 'This campaign exists already. Create another one.',
};
export const UNKNOWN_CAMPAIGN: CampaignRejection = {
  code: 'unknown-campaign',
  message: 'There is no such campaign. Look up the id among the campaigns of the account.',
};
export const LIST_REQUIRED: CampaignRejection = {
  code: 'list-required',
  message: 'Name at least one list that the newsletter goes to.',
  path: 'audience.listIds',
};
export const START_IN_THE_PAST: CampaignRejection = {
  code: 'start-in-the-past',
  message: 'Choose a later time, or leave startAt out and start the campaign when it is ready.',
  path: 'startAt',
};
export const AUDIENCE_NOT_PLANNED: CampaignRejection = {
  code: 'audience-not-planned',
  message: 'The audience is still being planned. Complete the campaign after that.',
};

const WHAT_TO_DO: Readonly<Record<CampaignStatus, string>> = {
  draft: 'Start it first.',
  planned: 'Start it first, or wait until it starts.',
  running: 'Pause or cancel it.',
  paused: 'Resume or cancel it.',
  cancelled: 'It stays so: create another campaign.',
  completed: 'It stays so: create another campaign.',
};
export const wrongStatus = (status: CampaignStatus): CampaignRejection => ({
  code: 'wrong-status',
  message: `This cannot be done while the campaign is ${status}. ${WHAT_TO_DO[status]}`,
});
