import type { Projection } from '#libs/read-store/projection';
import { campaignProgress } from './campaign-progress/index.ts';
import { catalogue } from './catalogue/index.ts';
import { consentDeadlines } from './consent-deadlines/index.ts';
import { deliveryQueue } from './delivery-queue/index.ts';
import { listMembers } from './list-members/index.ts';
import { recipientDirectory } from './recipient-directory/index.ts';
import { timeline } from './timeline/index.ts';

/** Every read model of the product. */
export const projections: readonly Projection[] = [
  catalogue,
  recipientDirectory,
  listMembers,
  timeline,
  campaignProgress,
  deliveryQueue,
  consentDeadlines,
];
