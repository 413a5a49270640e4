import type { AnyEvent, Refusal, StreamDefinition } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import { stateAfter, stateBefore, type StreamState } from './load-stream.ts';

const CAPACITY = 10_000;

/**
 * Folded states of small streams that are needed all the time (accounts, lists, fields, keys). Each use
 * asks the ledger for what is new since the last one, so the answer is never out of date, and only what
 * is new is folded. The least recently used are forgotten.
 */
export class StateCache {
  readonly #ledger: Ledger;
  readonly #capacity: number;
  readonly #known = new Map<string, StreamState<unknown>>();

  constructor(ledger: Ledger, capacity = CAPACITY) {
    this.#ledger = ledger;
    this.#capacity = capacity;
  }

  /** Where a stream stands now; revision -1 when it has no events. */
  async get<C, S, E extends AnyEvent, R extends Refusal>(
    definition: StreamDefinition<C, S, E, R>,
    key: string,
  ): Promise<StreamState<S>> {
    const name = `${definition.category}-${key}`;
    // What stands under a stream's name was folded by that stream's own definition.
    const before = (this.#known.get(name) as StreamState<S> | undefined) ?? stateBefore(definition);
    const news = await this.#ledger.read(definition, key, { from: before.revision + 1 });
    const current = stateAfter(definition, before, news);
    if (current.revision >= 0) this.#remember(name, current);
    return current;
  }

  #remember(name: string, current: StreamState<unknown>): void {
    const known = this.#known.get(name);
    // Two uses at once may end in the other order.
    const newest = known !== undefined && known.revision > current.revision ? known : current;
    this.#known.delete(name);
    this.#known.set(name, newest);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#capacity && oldest !== undefined) this.#known.delete(oldest);
  }
}
