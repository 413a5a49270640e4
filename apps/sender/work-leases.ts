import type { Lease, Leases } from '#libs/leases/port';
import type { Clock } from '#libs/projecting/index';

/**
 * Splits the work among several senders: a campaign is in the hands of one at a time. Only to save work: two that
 * took the same delivery would still not both send it.
 */
export class WorkLeases {
  readonly #leases: Leases;
  readonly #holder: string;
  readonly #clock: Clock;
  readonly #duration: number;
  readonly #held = new Map<string, Lease>();

  constructor(
    leases: Leases,
    { holder, clock, duration }: Readonly<{ holder: string; clock: Clock; duration: number }>,
  ) {
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
    const lease = await this.#leases.acquire(`sending/${work}`, this.#holder, now, this.#duration);
    if (lease === undefined) this.#held.delete(work);
    else this.#held.set(work, lease);
    return lease !== undefined;
  }

  async releaseAll(): Promise<void> {
    for (const lease of this.#held.values()) await this.#leases.release(lease);
    this.#held.clear();
  }
}
