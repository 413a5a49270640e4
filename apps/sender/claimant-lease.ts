import type { Lease, Leases } from '#libs/leases/port';
import { errorDetails, type Clock, type Log } from '#libs/projecting/index';
import { pause } from './steady-loop.ts';

const leaseName = (claimant: string): string => `sender/${claimant}`;

type LeaseParts = Readonly<{
  leases: Leases;
  claimant: string;
  durationMilliseconds: number;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}>;

/** Shows the others that this sender lives, until the signal aborts; gives the lease back then. */
export const keepAlive = async (
  parts: LeaseParts,
): Promise<Readonly<{ ended: Promise<void>; release: () => Promise<void> }>> => {
  const { leases, claimant, durationMilliseconds, clock, log, signal } = parts;
  const take = (): Promise<Lease | undefined> =>
    leases.acquire(leaseName(claimant), claimant, clock(), durationMilliseconds);
  let lease = await take();
  const renew = async (): Promise<void> => {
    for (;;) {
      await pause(durationMilliseconds / 3, signal);
      if (signal.aborted) return;
      try {
        lease = await take();
      } catch (error) {
        log.warn(
          { event: 'lease-not-renewed', ...errorDetails(error) },
          'A lease could not be renewed.',
        );
      }
    }
  };
  return {
    ended: renew(),
    release: async () => {
      if (lease !== undefined) await leases.release(lease);
    },
  };
};

/** Whether a sender has stopped showing that it lives. */
export const isGone = async (leases: Leases, claimant: string, now: number): Promise<boolean> =>
  !(await leases.isHeld(leaseName(claimant), now));
