import type { CampaignId, NewsletterId, Position, RecipientId } from '#domain/kernel/index';
import { lastDeliveriesOf } from '#projections/delivery-queue/index';
import type { ReadModel } from '#libs/read-store/port';

/** How far an earlier planning of a campaign came, as the read model has heard of it. */
export type PlanningProgress = Readonly<{
  /** Everybody up to here is on record. */
  after: RecipientId | undefined;
  /** Nobody is on record after this one. */
  last: RecipientId;
  /** The planning had begun by then. */
  position: Position;
}>;

/**
 * Undefined where nobody is on record. Batches follow each other in the order of ids, so of those on record only the
 * last ones can have others among them who are not: as many as a batch has, or two that somebody else began who had
 * lost the campaign unawares. A planning that began anew each time would never end with a large audience and senders
 * that are stopped now and then.
 */
export const planningProgress = async (
  queue: ReadModel,
  campaign: Readonly<{ campaignId: CampaignId; newsletterId: NewsletterId }>,
  batchSize: number,
): Promise<PlanningProgress | undefined> => {
  const lastOnes = 2 * batchSize;
  const onRecord = await lastDeliveriesOf(queue, campaign, lastOnes);
  const [latest] = onRecord;
  if (latest === undefined) return undefined;
  return {
    after: onRecord.length < lastOnes ? undefined : onRecord.at(-1)?.recipientId,
    last: latest.recipientId,
    position: latest.plannedPosition,
  };
};
