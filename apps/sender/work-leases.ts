import type { Lease, Leases } from '#libs/leases/port';
import { giveBack, type Clock } from '#libs/projecting/index';

type WorkLeasesOptions = Readonly<{
  holder: string;
  clock: Clock;
  duration: number;
}>;

const TRY_AGAIN_AFTER_MILLISECONDS = 250;

const leaseName = (work: string): string => `sending/${work}`;

/**
 * Splits the work among several senders: each piece is in the hands of one at a time. Only to save work: two that
 * took the same delivery would still not both send it.
 */
export class WorkLeases {
  readonly #leases: Leases;
  readonly #holder: string;
  readonly #clock: Clock;
  readonly #duration: number;
  readonly #held = new Map<string, Lease>();
  /** Others have these; when to ask again. */
  readonly #refused = new Map<string, number>();

  constructor(leases: Leases, { holder, clock, duration }: WorkLeasesOptions) {
    this.#leases = leases;
    this.#holder = holder;
    this.#clock = clock;
    this.#duration = duration;
  }

  /** True while the work is ours; takes or renews the lease where that is due. */
  async hold(work: string): Promise<boolean> {
    const now = this.#clock();
    const held = this.#held.get(work);
    if (held !== undefined && held.expiresAt - now > (this.#duration * 2) / 3) return true;
    if (held === undefined && now < (this.#refused.get(work) ?? 0)) return false;
    const lease = await this.#leases.acquire(leaseName(work), this.#holder, now, this.#duration);
    if (lease === undefined) {
      this.#held.delete(work);
      this.#refused.set(work, now + TRY_AGAIN_AFTER_MILLISECONDS);
    } else {
      this.#held.set(work, lease);
      this.#refused.delete(work);
    }
    return lease !== undefined;
  }

  /** Keeps what is held while whoever works on it waits, for a slow relay say. */
  async renew(): Promise<void> {
    for (const work of [...this.#held.keys()]) await this.hold(work);
  }

  /** Nothing happens when it is not held. */
  async release(work: string): Promise<void> {
    const lease = this.#held.get(work);
    if (lease === undefined) return;
    this.#held.delete(work);
    await giveBack(this.#leases, lease);
  }

  /** Lets go of work of which `isNeeded` says that there is no more. */
  async releaseOthers(isNeeded: (work: string) => boolean): Promise<void> {
    for (const work of this.#refused.keys()) if (!isNeeded(work)) this.#refused.delete(work);
    for (const work of [...this.#held.keys()]) if (!isNeeded(work)) await this.release(work);
  }

  releaseAll(): Promise<void> {
    return this.releaseOthers(() => false);
  }
}
