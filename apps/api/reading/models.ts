import type { ModelRef } from '#libs/read-store/port';
import { campaignProgress } from '#projections/campaign-progress/index';
import { catalogue } from '#projections/catalogue/index';
import { deliveryQueue } from '#projections/delivery-queue/index';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { timeline } from '#projections/timeline/index';

/** The read models that the API asks. */
export const READ_MODELS: readonly ModelRef[] = [
  catalogue,
  recipientDirectory,
  timeline,
  campaignProgress,
  deliveryQueue,
];
