import type { CampaignEvent } from '#domain/campaign/index';
import type { DeliveryEvent } from '#domain/delivery/index';
import { splitStreamName, type JsonValue, type Recorded } from '#domain/kernel/index';
import type { Change } from '#libs/read-store/change';
import type { Projection } from '#libs/read-store/projection';

const fieldsOf = (event: CampaignEvent): Readonly<Record<string, JsonValue>> => {
  switch (event.type) {
    case 'CampaignDrafted':
      return { ...event.data, status: 'draft' };
    case 'CampaignScheduled':
      return { status: 'planned', startAt: event.data.startAt };
    case 'CampaignStarted':
      return { status: 'running', startedAt: event.data.at };
    case 'CampaignAudiencePlanned':
      return { audienceSize: event.data.audience };
    case 'CampaignPaused':
      return { status: 'paused' };
    case 'CampaignResumed':
      return { status: 'running' };
    case 'CampaignCancelled':
      return { status: 'cancelled', finishedAt: event.data.at };
    case 'CampaignCompleted':
      return { status: 'completed', finishedAt: event.data.at };
  }
};

/** Which reasons there are to count; how many of each is asked of the delivery queue. */
const reasonChanges = (event: DeliveryEvent): readonly Change[] =>
  event.type === 'DeliverySkipped' && event.data.content.kind === 'newsletter'
    ? [
        {
          op: 'upsert',
          id: event.data.content.campaignId,
          addToSet: { skipReasons: [event.data.reason] },
        },
      ]
    : [];

/**
 * Where each campaign is. Its counts are no counters here: most events of a delivery do not say which
 * campaign they belong to, and a plan may follow a skip. They are counted in the delivery queue's index,
 * so they cannot drift from the deliveries that they count.
 */
export const campaignProgress: Projection = {
  name: 'campaign-progress',
  version: 1,
  indexes: [
    ['accountId', 'status'],
    ['status', 'startAt'],
  ],
  categories: ['campaign', 'delivery'],
  project: (recorded) => {
    const { category, key } = splitStreamName(recorded.stream);
    if (category === 'delivery') return reasonChanges((recorded as Recorded<DeliveryEvent>).event);
    const set = fieldsOf((recorded as Recorded<CampaignEvent>).event);
    return [{ op: 'upsert', id: key, set }];
  },
};
