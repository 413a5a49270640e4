import type { Audience, CampaignStatus } from '#domain/campaign/index';
import type { AccountId, CampaignId, Instant, NewsletterId } from '#domain/kernel/index';
import type { Comparison, ReadModel } from '#libs/read-store/port';

export type CampaignProgress = Readonly<{
  id: CampaignId;
  accountId: AccountId;
  newsletterId: NewsletterId;
  audience: Audience;
  status: Exclude<CampaignStatus, 'none'>;
  startAt?: Instant;
  startedAt?: Instant;
  finishedAt?: Instant;
  /** Known once the whole audience is planned. */
  audienceSize?: number;
  skipReasons?: readonly string[];
}>;

/**
 * `audience` = `planned` + `skipped` while planning goes on, its final size after. `planned` are all that
 * were not skipped, whatever became of them; `pending` those of them that are still to be tried or whose
 * attempt is under way; `deferred` wait for another attempt.
 */
export type CampaignCounts = Readonly<{
  audience: number;
  planned: number;
  skipped: number;
  sent: number;
  deferred: number;
  failed: number;
  uncertain: number;
  pending: number;
}>;

const equal = (field: string, value: string): Comparison => ({ field, op: 'eq', value });

export const campaignOf = async (
  model: ReadModel,
  campaignId: CampaignId,
): Promise<CampaignProgress | undefined> =>
  (await model.get(campaignId)) as unknown as CampaignProgress | undefined;

/** Campaigns of every account with a status, in order of their ids. */
export const campaignsWith = async (
  model: ReadModel,
  status: CampaignProgress['status'],
  page: Readonly<{ after?: CampaignId; limit: number }>,
): Promise<readonly CampaignProgress[]> => {
  const documents = await model.find({
    where: [equal('status', status)],
    ...(page.after === undefined ? {} : { after: { value: page.after, id: page.after } }),
    limit: page.limit,
  });
  return documents as unknown as readonly CampaignProgress[];
};

/** Counts a campaign's deliveries. The queue is the delivery queue's model. */
export const campaignCounts = async (
  queue: ReadModel,
  campaignId: CampaignId,
  audienceSize?: number,
): Promise<CampaignCounts> => {
  const count = (status: string): Promise<number> =>
    queue.count([equal('campaignId', campaignId), equal('status', status)]);
  const skipped = await count('skipped');
  const sent = await count('sent');
  const deferred = await count('deferred');
  const failed = await count('failed');
  const uncertain = await count('uncertain');
  const pending = (await count('planned')) + (await count('attempted'));
  const planned = sent + deferred + failed + uncertain + pending;
  const audience = audienceSize ?? planned + skipped;
  return { audience, planned, skipped, sent, deferred, failed, uncertain, pending };
};

/** How many were skipped for each reason. */
export const skippedBy = async (
  queue: ReadModel,
  campaignId: CampaignId,
  reasons: readonly string[],
): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const reason of [...reasons].sort()) {
    counts[reason] = await queue.count([
      equal('campaignId', campaignId),
      equal('status', 'skipped'),
      equal('reason', reason),
    ]);
  }
  return counts;
};
