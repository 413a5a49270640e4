import type { Lease, Leases } from '#libs/leases/port';
import { giveBack, type Clock } from '#libs/projecting/index';

/** More senders than this find no seat; they wait for one. */
const SEATS = 12;

const seatName = (seat: number): string => `sending/seat/${String(seat)}`;

/**
 * The senders that live. Each has a seat, so that all of them find the same answer to whose turn a partition
 * is, without a word between them. For a moment they may see different seats: leases decide then.
 */
export class Crew {
  readonly #leases: Leases;
  readonly #holder: string;
  readonly #clock: Clock;
  readonly #duration: number;
  #lease: Lease | undefined;
  #seat = 0;
  #taken: readonly number[] = [];

  constructor(
    leases: Leases,
    { holder, clock, duration }: Readonly<{ holder: string; clock: Clock; duration: number }>,
  ) {
    this.#leases = leases;
    this.#holder = holder;
    this.#clock = clock;
    this.#duration = duration;
  }

  /** Takes a seat or keeps it, and sees which others are taken. To be repeated well within the duration. */
  async look(): Promise<void> {
    if (!(await this.#keep())) await this.#takeAny();
    const now = this.#clock();
    const taken: number[] = [];
    for (let seat = 0; seat < SEATS; seat += 1) {
      if (await this.#leases.isHeld(seatName(seat), now)) taken.push(seat);
    }
    this.#taken = taken;
  }

  /** Whether a piece of work, one of many with numbers, is for this sender. */
  isOurs(number: number): boolean {
    return this.#lease !== undefined && this.#taken[number % this.#taken.length] === this.#seat;
  }

  async leave(): Promise<void> {
    if (this.#lease !== undefined) await giveBack(this.#leases, this.#lease);
    this.#lease = undefined;
  }

  async #keep(): Promise<boolean> {
    if (this.#lease !== undefined) this.#lease = await this.#acquire(this.#seat);
    return this.#lease !== undefined;
  }

  async #takeAny(): Promise<void> {
    for (let seat = 0; seat < SEATS; seat += 1) {
      this.#lease = await this.#acquire(seat);
      this.#seat = seat;
      if (this.#lease !== undefined) return;
    }
  }

  #acquire(seat: number): Promise<Lease | undefined> {
    return this.#leases.acquire(seatName(seat), this.#holder, this.#clock(), this.#duration);
  }
}
