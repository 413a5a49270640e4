import type { AccountId, Instant, NewsletterId } from '#domain/kernel/index';
import type { Audience } from './events.ts';

export type CampaignStatus = 'draft' | 'planned' | 'running' | 'paused' | 'cancelled' | 'completed';

/** One send of a newsletter to an audience. */
export type Campaign = Readonly<{
  status: 'none' | CampaignStatus;
  accountId?: AccountId;
  newsletterId?: NewsletterId;
  audience: Audience;
  startAt?: Instant;
  startedAt?: Instant;
  /** Size of the audience once every member has a delivery or a skip. */
  planned?: number;
}>;

export const NO_CAMPAIGN: Campaign = { status: 'none', audience: { listIds: [] } };
