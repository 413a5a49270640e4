export { campaignProgress } from './projection.ts';
export {
  campaignCounts,
  campaignOf,
  campaignsWith,
  skippedBy,
  type CampaignCounts,
  type CampaignProgress,
} from './queries.ts';
