import type { Lease, Leases } from '#libs/leases/port';
import { giveBack, renewedWhile, type Clock } from '#libs/projecting/index';

type WorkLeasesOptions = Readonly<{
  holder: string;
  clock: Clock;
  duration: number;
  signal: AbortSignal;
}>;

/**
 * Splits the work among several senders: a campaign is in the hands of one at a time. Only to save work: two that
 * took the same delivery would still not both send it.
 */
export class WorkLeases {
  readonly #leases: Leases;
  readonly #holder: string;
  readonly #clock: Clock;
  readonly #duration: number;
  readonly #signal: AbortSignal;
  readonly #held = new Map<string, Lease>();

  constructor(leases: Leases, { holder, clock, duration, signal }: WorkLeasesOptions) {
    this.#leases = leases;
    this.#holder = holder;
    this.#clock = clock;
    this.#duration = duration;
    this.#signal = signal;
  }

  /** True while the work is ours; takes or renews the lease where that is due. */
  async hold(work: string): Promise<boolean> {
    const now = this.#clock();
    const held = this.#held.get(work);
    if (held !== undefined && held.expiresAt - now > (this.#duration * 2) / 3) return true;
    const lease = await this.#leases.acquire(`sending/${work}`, this.#holder, now, this.#duration);
    if (lease === undefined) this.#held.delete(work);
    else this.#held.set(work, lease);
    return lease !== undefined;
  }

  /**
   * Keeps hold of the work while something goes on that may take longer than the lease lasts: a slow relay. Who is
   * told to stop leaves the rest to others, and renews nothing.
   */
  keepWhile<T>(work: string, waiting: () => Promise<T>): Promise<T> {
    const renew = async (): Promise<void> => {
      if (!this.#signal.aborted) await this.hold(work);
    };
    return renewedWhile(renew, waiting, this.#duration / 3);
  }

  async releaseAll(): Promise<void> {
    for (const lease of this.#held.values()) await giveBack(this.#leases, lease);
    this.#held.clear();
  }
}
