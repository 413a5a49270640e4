import type { ReadStore } from '../../port.ts';
import type { ReadStorePlace } from '../read-store-place.ts';

/** A new read store for each test. */
export class StoreAtHand {
  readonly #makePlace: () => Promise<ReadStorePlace>;
  #place: ReadStorePlace | undefined;
  #store: ReadStore | undefined;

  constructor(makePlace: () => Promise<ReadStorePlace>) {
    this.#makePlace = makePlace;
  }

  get store(): ReadStore {
    if (this.#store === undefined) throw new Error('No store is open.');
    return this.#store;
  }

  async begin(): Promise<void> {
    this.#place = await this.#makePlace();
    this.#store = await this.open();
  }

  async end(): Promise<void> {
    await this.store.close();
    await this.#place?.remove();
  }

  /** Opens the same place again, as another process does. */
  async open(): Promise<ReadStore> {
    if (this.#place === undefined) throw new Error('There is no place to open.');
    return this.#place.open();
  }
}
