import type { Instant } from '#domain/kernel/index';
import { dueDeliveries, type Queue, type QueuedDelivery } from '#projections/delivery-queue/index';
import type { ReadModel } from '#libs/read-store/port';
import type { Entry, Known } from './journal.ts';

/** A delivery and when its turn comes: a deferral gives it another turn. */
export type Due = Readonly<{ entry: Entry; dueAt: Instant }>;

/** Keys whose turn has come and gone; the read model may show them a while longer. */
const REMEMBERED = 4_000;
/** Deliveries that are kept here until the read model shows them; of more, it will have to. */
const KEPT = 2_000;

/**
 * Walks through what is due in one queue. The read model follows the ledger at a distance, so keys that were just
 * handled are passed over.
 */
export class DueQueue {
  readonly #model: ReadModel;
  readonly #queue: Queue;
  readonly #handled = new Map<string, Instant | undefined>();
  #kept: Due[] = [];
  #after: QueuedDelivery | undefined;

  constructor(model: ReadModel, queue: Queue) {
    this.#model = model;
    this.#queue = queue;
  }

  /** Takes in what is known to be due. */
  add(due: readonly Due[]): void {
    const room = KEPT - this.#kept.length;
    if (room > 0) this.#kept.push(...due.slice(0, room));
  }

  /** Begins again at the longest due. */
  rewind(): void {
    this.#after = undefined;
  }

  /** The next deliveries; none at the end of the queue. */
  async next(limit: number, now: Instant): Promise<readonly Known[]> {
    if (this.#kept.length > 0) {
      const taken = this.#kept.splice(0, limit);
      for (const { entry, dueAt } of taken) this.#remember(entry.key, dueAt);
      return taken.map(({ entry }) => ({ key: entry.key, entry }));
    }
    for (;;) {
      const page = await dueDeliveries(this.#model, this.#queue, {
        now,
        limit: Math.max(limit, 200),
        ...(this.#after === undefined ? {} : { after: this.#after }),
      });
      const fresh = page.filter(({ id, dueAt }) => !this.#isHandled(id, dueAt)).slice(0, limit);
      const last = fresh.length === limit ? fresh.at(-1) : page.at(-1);
      if (last !== undefined) this.#after = last;
      for (const { id, dueAt } of fresh) this.#remember(id, dueAt);
      if (fresh.length > 0 || page.length === 0) return fresh.map(({ id }) => ({ key: id }));
    }
  }

  /** A delivery that was deferred is due again at another time, and then it is a new turn. */
  #isHandled(id: string, dueAt: Instant | undefined): boolean {
    return this.#handled.has(id) && this.#handled.get(id) === dueAt;
  }

  #remember(id: string, dueAt: Instant | undefined): void {
    this.#handled.set(id, dueAt);
    const [oldest] = this.#handled.keys();
    if (this.#handled.size > REMEMBERED && oldest !== undefined) this.#handled.delete(oldest);
  }
}
