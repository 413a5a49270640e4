import { LEASE_MILLISECONDS, type Lease, type Leases } from '#libs/leases/port';
import type { Clock } from './log.ts';
import { isUnreachable } from './outage.ts';

/** Often enough that a collector's pause or a slow server takes a lease from nobody who lives. */
const RENEWALS_IN_DURATION = 4;
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
  /** Of the lease as it was held last: another one says that somebody else had it in between. */
  token: () => number | undefined;
  release: () => Promise<void>;
}>;

export type HeldLeaseOptions = Readonly<{
  holder: string;
  clock: Clock;
  durationMilliseconds?: number;
}>;

export const heldLease = (
  leases: Leases,
  name: string,
  { holder, clock, durationMilliseconds = LEASE_MILLISECONDS }: HeldLeaseOptions,
): HeldLease => {
  let lease: Lease | undefined;
  let token: number | undefined;
  let askAgainAt = 0;
  let asking: Promise<boolean> | undefined;
  const isDue = (): boolean => clock() >= askAgainAt;
  const ask = async (): Promise<boolean> => {
    const now = clock();
    try {
      lease = await leases.acquire(name, holder, now, durationMilliseconds);
    } finally {
      asking = undefined;
    }
    token = lease?.token ?? token;
    askAgainAt =
      now +
      (lease === undefined
        ? TRY_AGAIN_AFTER_MILLISECONDS
        : durationMilliseconds / RENEWALS_IN_DURATION);
    return lease !== undefined;
  };
  return {
    isDue,
    token: () => token,
    hold: async () => {
      if (asking === undefined && !isDue()) return lease !== undefined;
      // One question at a time: a busy server would answer the others once the lease was given back.
      return (asking ??= ask());
    },
    release: async () => {
      // Its failure is heard by whoever asked.
      await asking?.catch(() => undefined);
      if (lease === undefined) return;
      const held = lease;
      lease = undefined;
      askAgainAt = clock() + TRY_AGAIN_AFTER_MILLISECONDS;
      await giveBack(leases, held);
    },
  };
};

/** Where the leases' store does not answer, the lease runs out by itself. */
export const giveBack = async (leases: Leases, lease: Lease): Promise<void> => {
  try {
    await leases.release(lease);
  } catch (error) {
    if (!isUnreachable(error)) throw error;
  }
};

/** Renews a lease while work goes on that may take longer than it lasts. */
export const renewedWhile = async <T>(
  hold: () => Promise<unknown>,
  work: () => Promise<T>,
  everyMilliseconds = LEASE_MILLISECONDS / RENEWALS_IN_DURATION,
): Promise<T> => {
  let renewal: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    // That it failed, or went to somebody else, is said again when it is asked for after the work.
    renewal = hold().catch(() => undefined);
  }, everyMilliseconds).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // Or it would take the lease back once it was given up.
    await renewal;
  }
};
