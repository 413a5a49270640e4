import { setImmediate } from 'node:timers/promises';
import type { Position } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { batchOf, readingOf, readPage } from '#libs/projecting/read-page';
import type { Ledger } from '#libs/ledger/index';
import type { ReadStore } from '#libs/read-store/port';
import type { Projection } from '#libs/read-store/projection';
import { deliveryQueue } from '#projections/delivery-queue/index';
import { listMembers } from '#projections/list-members/index';
import { recipientDirectory } from '#projections/recipient-directory/index';

const PAGE = 1_000;
const PROJECTIONS: readonly Projection[] = [listMembers, recipientDirectory, deliveryQueue];

/** Brings the read models that a send and a report need up to date, at once. */
export class ReadModelsUpToDate {
  readonly #ledger: Ledger;
  readonly #store: ReadStore;
  #seen: Position | undefined;

  constructor(ledger: Ledger, store: ReadStore) {
    this.#ledger = ledger;
    this.#store = store;
  }

  async catchUp(): Promise<void> {
    const reading = readingOf(streamDefinitions, PROJECTIONS);
    for (;;) {
      const { events, end } = await readPage(this.#ledger, this.#seen, PAGE, reading);
      if (end === undefined || end === this.#seen) return;
      for (const projection of PROJECTIONS) {
        const generation = await this.#store.serving(projection);
        await generation.apply(batchOf(projection, events, end));
      }
      this.#seen = end;
    }
  }

  /** Goes on bringing them up to date until the work is done, which waits for them. */
  async followWhile<T>(work: Promise<T>): Promise<T> {
    const settled = Promise.allSettled([work]).then(() => true);
    while (!(await Promise.race([settled, setImmediate(false)]))) await this.catchUp();
    return work;
  }
}
