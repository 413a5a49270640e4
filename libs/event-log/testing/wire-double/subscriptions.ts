import { randomUUID } from 'node:crypto';
import { caughtUpMessage, checkpointMessage, confirmationMessage } from './messages.ts';
import type { Fault, Faults } from './faults.ts';
import { filterOf, PAGE, type RecordFilter } from './record-filter.ts';
import type { RecordStore } from './record-store.ts';
import { startOf } from './reading.ts';
import { GARBAGE } from './garbage.ts';
import { send, type ReadCall } from './sending.ts';
import { brokenConnection } from './wire-error.ts';

/** Subscriptions to everything: they catch up in pages, as the real server does, and then go live. */
export class Subscriptions {
  readonly #store: RecordStore;
  readonly #faults: Faults;
  readonly #live = new Set<() => void>();
  #nextLive = Promise.withResolvers<undefined>();

  constructor(store: RecordStore, faults: Faults) {
    this.#store = store;
    this.#faults = faults;
  }

  /** How many are live. */
  get count(): number {
    return this.#live.size;
  }

  async anyLive(): Promise<void> {
    if (this.#live.size === 0) await this.#nextLive.promise;
  }

  /** There is something new to read. */
  wake(): void {
    for (const wake of this.#live) wake();
  }

  /** Serves one until its reader leaves. */
  async serve(call: ReadCall): Promise<void> {
    const options = call.request.getOptions();
    if (options === undefined) return;
    const fault = this.#faults.take('subscription');
    const filter = filterOf(options);
    const at = startOf(options, this.#store);
    // A start is exclusive: the event at the position is known already.
    const isNamed = options.getAll()?.hasPosition() === true;
    const first = isNamed && this.#isAt(options.getAll()?.getPosition(), at) ? at + 1 : at;
    if (!(await send(call, confirmationMessage(randomUUID())))) return;
    const reader = new SubscribedReader(call, this.#store, filter, fault);
    const next = await reader.catchUp(first);
    if (next !== undefined) await this.#follow(reader, call, next);
  }

  #isAt(position: { getCommitPosition: () => string } | undefined, index: number): boolean {
    return this.#store.record(index)?.position === Number(position?.getCommitPosition());
  }

  async #follow(reader: SubscribedReader, call: ReadCall, from: number): Promise<void> {
    let next: number | undefined = from;
    let woken = Promise.withResolvers<undefined>();
    const wake = (): void => woken.resolve(undefined);
    this.#live.add(wake);
    this.#nextLive.resolve(undefined);
    this.#nextLive = Promise.withResolvers();
    call.once('cancelled', wake);
    try {
      while (next !== undefined && !call.cancelled) {
        next = await reader.live(next);
        if (next === undefined || next < this.#store.visible) continue;
        await woken.promise;
        woken = Promise.withResolvers();
      }
    } finally {
      this.#live.delete(wake);
    }
  }
}

class SubscribedReader {
  readonly #call: ReadCall;
  readonly #store: RecordStore;
  readonly #filter: RecordFilter;
  readonly #fault: Fault | undefined;
  #considered = 0;
  #sent = 0;

  constructor(call: ReadCall, store: RecordStore, filter: RecordFilter, fault: Fault | undefined) {
    this.#call = call;
    this.#store = store;
    this.#filter = filter;
    this.#fault = fault;
  }

  /** Index of the first event that it has not seen; undefined when the reader has gone. */
  async catchUp(from: number): Promise<number | undefined> {
    let next = from;
    while (next < this.#store.visible) {
      const page = await this.#page(next);
      if (page === undefined) return undefined;
      next = page.next;
      if (next < this.#store.visible && this.#isCheckpointDue()) {
        const { commit, prepare } = page.reached;
        if (!(await send(this.#call, checkpointMessage(commit, prepare)))) return undefined;
      }
    }
    return (await send(this.#call, caughtUpMessage())) ? next : undefined;
  }

  /** Everything new, each event with the checkpoint that may follow it. */
  async live(from: number): Promise<number | undefined> {
    let next = from;
    for (; next < this.#store.visible; next += 1) {
      const record = this.#store.record(next);
      if (record === undefined) break;
      if (this.#filter.matches(record) && !(await this.#deliver(next))) return undefined;
      this.#considered += 1;
      const { position } = record;
      if (!this.#isCheckpointDue()) continue;
      if (!(await send(this.#call, checkpointMessage(position, position)))) return undefined;
    }
    return next;
  }

  /** The position of the last match, or that of the page's start, which has no prepare position. */
  async #page(
    from: number,
  ): Promise<{ next: number; reached: { commit: number; prepare: number } } | undefined> {
    let reached = { commit: this.#store.record(from)?.position ?? 0, prepare: 0 };
    let matched = 0;
    let next = from;
    const end = Math.min(this.#store.visible, from + (this.#filter.window ?? PAGE));
    for (; next < end && matched < PAGE; next += 1) {
      const record = this.#store.record(next);
      if (record === undefined) break;
      this.#considered += 1;
      if (!this.#filter.matches(record)) continue;
      matched += 1;
      reached = { commit: record.position, prepare: record.position };
      if (!(await this.#deliver(next))) return undefined;
    }
    return { next, reached };
  }

  #isCheckpointDue(): boolean {
    if (this.#filter.window === undefined) return false;
    if (this.#considered < this.#filter.checkpointInterval) return false;
    this.#considered %= this.#filter.checkpointInterval;
    return true;
  }

  async #deliver(index: number): Promise<boolean> {
    const fault = this.#fault;
    if (fault?.kind === 'stall') return !this.#call.cancelled;
    if (fault?.kind === 'disconnect' && this.#sent >= fault.after) {
      this.#call.emit('error', brokenConnection());
      return false;
    }
    this.#sent += 1;
    return send(this.#call, fault?.kind === 'malformed' ? GARBAGE : this.#store.message(index));
  }
}
