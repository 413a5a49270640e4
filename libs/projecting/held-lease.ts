import { LEASE_MILLISECONDS, type Lease, type Leases } from '#libs/leases/port';
import type { Clock } from './log.ts';

const RENEW_AFTER_MILLISECONDS = 2_000;
const TRY_AGAIN_AFTER_MILLISECONDS = 250;

/** Who may project a read model, and who wants the others to let go of it for a moment. */
export const leaseNames = {
  projecting: (name: string): string => `projecting/${name}`,
  cutOver: (name: string): string => `cut-over/${name}`,
  rebuilding: (name: string): string => `rebuilding/${name}`,
  subscribing: (name: string): string => `subscribing/${name}`,
} as const;

/** A lease that this process takes, renews while it works, and gives back. */
export type HeldLease = Readonly<{
  /** True while the lease is ours; takes or renews it when that is due. */
  hold: () => Promise<boolean>;
  /** Whether the next `hold` will ask the lease's store. */
  isDue: () => boolean;
  release: () => Promise<void>;
}>;

export const heldLease = (
  leases: Leases,
  name: string,
  { holder, clock }: Readonly<{ holder: string; clock: Clock }>,
): HeldLease => {
  let lease: Lease | undefined;
  let askAgainAt = 0;
  const isDue = (): boolean => clock() >= askAgainAt;
  return {
    isDue,
    hold: async () => {
      if (!isDue()) return lease !== undefined;
      const now = clock();
      lease = await leases.acquire(name, holder, now, LEASE_MILLISECONDS);
      askAgainAt =
        now + (lease === undefined ? TRY_AGAIN_AFTER_MILLISECONDS : RENEW_AFTER_MILLISECONDS);
      return lease !== undefined;
    },
    release: async () => {
      if (lease === undefined) return;
      const held = lease;
      lease = undefined;
      askAgainAt = clock() + TRY_AGAIN_AFTER_MILLISECONDS;
      await leases.release(held);
    },
  };
};
