import { AccountId, eventCodec, ListId, NewsletterId } from '#domain/kernel/index';
import { array, count, object, oneOf } from '#domain/kernel/shape';
import { id, instant } from '#domain/kernel/shapes-of-values';
import type { CampaignEvent } from './events.ts';

const at = object({ at: instant() });

export const campaignCodec = eventCodec<CampaignEvent>({
  CampaignDrafted: {
    version: 1,
    data: object({
      accountId: id(AccountId),
      newsletterId: id(NewsletterId),
      audience: object({ listIds: array(id(ListId)) }),
    }),
  },
  CampaignScheduled: { version: 1, data: object({ startAt: instant() }) },
  CampaignStarted: { version: 1, data: at },
  CampaignAudiencePlanned: { version: 1, data: object({ audience: count(), at: instant() }) },
  CampaignPaused: {
    version: 1,
    data: object({ at: instant(), cause: oneOf('asked', 'check-failed') }),
  },
  CampaignResumed: { version: 1, data: at },
  CampaignCancelled: { version: 1, data: at },
  CampaignCompleted: { version: 1, data: at },
});
