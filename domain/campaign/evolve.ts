import type { CampaignEvent } from './events.ts';
import type { Campaign } from './state.ts';

const isOver = (campaign: Campaign): boolean =>
  campaign.status === 'cancelled' || campaign.status === 'completed';

/** Total: a campaign that is over stays over, and one that was never drafted stays unknown. */
export const evolve = (campaign: Campaign, event: CampaignEvent): Campaign => {
  if (event.type === 'CampaignDrafted') {
    return campaign.status === 'none' ? { ...event.data, status: 'draft' } : campaign;
  }
  return campaign.status === 'none' || isOver(campaign) ? campaign : advanced(campaign, event);
};

const advanced = (
  campaign: Campaign,
  event: Exclude<CampaignEvent, { type: 'CampaignDrafted' }>,
): Campaign => {
  switch (event.type) {
    case 'CampaignScheduled':
      return { ...campaign, status: 'planned', startAt: event.data.startAt };
    case 'CampaignStarted':
      return { ...campaign, status: 'running', startedAt: event.data.at };
    case 'CampaignAudiencePlanned':
      return { ...campaign, planned: event.data.audience };
    case 'CampaignPaused':
      return { ...campaign, status: 'paused' };
    case 'CampaignResumed':
      return { ...campaign, status: 'running' };
    case 'CampaignCancelled':
      return { ...campaign, status: 'cancelled' };
    case 'CampaignCompleted':
      return { ...campaign, status: 'completed' };
  }
};
