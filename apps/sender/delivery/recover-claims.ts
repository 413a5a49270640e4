import { instantOf } from '#domain/kernel/index';
import { deliveryKey, deliveryQueue, openClaims } from '#projections/delivery-queue/index';
import type { Clock, Log } from '#libs/projecting/index';
import type { ReadStore } from '#libs/read-store/port';
import type { LostSenders } from '../claimant-lease.ts';
import type { DeliveryJournal } from './journal.ts';

const PAGE = 500;

type RecoveryParts = Readonly<{
  readStore: ReadStore;
  lost: LostSenders;
  journal: DeliveryJournal;
  claimant: string;
  clock: Clock;
  log: Log;
}>;

/**
 * Claims whose sender is gone become uncertain: their message may have left, or not, and nobody can tell. They
 * are never sent again by themselves (SND-3). Answers how many there were.
 */
export const recoverClaims = async (parts: RecoveryParts): Promise<number> => {
  const { readStore, lost, journal, claimant, clock, log } = parts;
  const now = instantOf(clock());
  const open = await openClaims(readStore.model(deliveryQueue), { before: now, limit: PAGE });
  const gone = new Map<string, boolean>();
  for (const { claimant: other } of open) {
    if (other === undefined || other === claimant || gone.has(other)) continue;
    gone.set(other, await lost.isGone(other, clock()));
  }
  const keys = open
    .filter(({ claimant: other }) => other !== undefined && gone.get(other) === true)
    .map(deliveryKey);
  if (keys.length === 0) return 0;
  // The queue may be behind: the streams say which claims are open, and whose.
  const entries = (await journal.load(keys)).filter(
    ({ delivery }) => delivery.status === 'attempted' && gone.get(delivery.claimant ?? '') === true,
  );
  const command = { type: 'RecordUncertain', cause: 'sender-stopped', now } as const;
  await journal.record(
    entries.map((entry) => ({ entry, command })),
    now,
  );
  if (entries.length > 0) {
    const details = { event: 'claims-uncertain', count: entries.length };
    log.warn(details, 'A sender stopped in the middle: whether these messages left is not known.');
  }
  return entries.length;
};
