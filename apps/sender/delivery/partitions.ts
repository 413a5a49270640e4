import type { CampaignId } from '#domain/kernel/index';
import type { Crew } from '../crew.ts';
import type { WorkLeases } from '../work-leases.ts';

export const partitionName = (campaignId: CampaignId, partition: number): string =>
  `${campaignId}/${String(partition)}`;

const PIECE = /^deliver\/[^/]+\/(\d+)$/;

/** Lets go of partitions that are for another sender, who may have come since. What is under way goes on. */
export const releaseForeign = ({
  crew,
  work,
}: Readonly<{ crew: Crew; work: WorkLeases }>): Promise<void> =>
  work.releaseOthers((piece) => {
    const partition = PIECE.exec(piece)?.[1];
    return partition === undefined || crew.isOurs(Number(partition));
  });
