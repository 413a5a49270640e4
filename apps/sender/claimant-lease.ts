import type { Lease, Leases } from '#libs/leases/port';
import { errorDetails, giveBack, type Clock, type Log } from '#libs/projecting/index';
import { pause } from './steady-loop.ts';

/** How soon a renewal that failed is tried again: the others must not take this sender for gone. */
const RETRY_MILLISECONDS = 500;

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
  const renewAfter = durationMilliseconds / 3;
  const renew = async (): Promise<void> => {
    let isRenewed = true;
    for (;;) {
      await pause(isRenewed ? renewAfter : Math.min(renewAfter, RETRY_MILLISECONDS), signal);
      if (signal.aborted) return;
      try {
        lease = await take();
        isRenewed = true;
      } catch (error) {
        const details = { event: 'lease-not-renewed', ...errorDetails(error) };
        if (isRenewed) log.warn(details, 'A lease could not be renewed; it is tried again.');
        isRenewed = false;
      }
    }
  };
  return {
    ended: renew(),
    release: async () => {
      if (lease !== undefined) await giveBack(leases, lease);
    },
  };
};

/** Which senders have stopped showing that they live. */
export class LostSenders {
  readonly #leases: Leases;
  readonly #patience: number;
  readonly #missingSince = new Map<string, number>();

  /** `patience`: for how many milliseconds a sender must be missing. */
  constructor(leases: Leases, { patience }: Readonly<{ patience: number }>) {
    this.#leases = leases;
    this.#patience = patience;
  }

  /**
   * Whether a sender is gone. One look is not enough: after an outage of the leases' server the leases of all have
   * run out, and whoever lives needs a moment to say so.
   */
  async isGone(claimant: string, now: number): Promise<boolean> {
    if (await this.#isHeld(claimant, now)) {
      this.#missingSince.delete(claimant);
      return false;
    }
    const since = this.#missingSince.get(claimant) ?? now;
    this.#missingSince.set(claimant, since);
    return now - since >= this.#patience;
  }

  async #isHeld(claimant: string, now: number): Promise<boolean> {
    try {
      return await this.#leases.isHeld(leaseName(claimant), now);
    } catch (error) {
      this.#missingSince.clear();
      throw error;
    }
  }
}
