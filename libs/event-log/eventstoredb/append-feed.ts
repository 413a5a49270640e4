import type { Position } from '#domain/kernel/index';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { isAfter, Waiters } from '../waiters.ts';
import type { Connection, ReadCall } from './connection.ts';
import { eventLogFailure } from './failure.ts';
import { backOff, pause, type Patience } from './patience.ts';
import { wirePositionOf } from './position.ts';
import { positionOfEvent } from './read-events.ts';
import { subscriptionRequest } from './read-request.ts';
import type { StreamNames } from './stream-names.ts';

export type AppendFeedOptions = Readonly<{
  connection: Connection;
  names: StreamNames;
  patience: Patience;
  head: () => Promise<Position | undefined>;
  ended: AbortSignal;
}>;

/** How long the subscription outlives its last waiter: in a busy log the next one comes at once. */
const LINGER = 1_000;

/**
 * Wakes those who wait for appends, through one subscription for all of them. It lives while somebody waits;
 * a watchdog compares it with the head of the log, since a subscription may fall silent without an error.
 */
export class AppendFeed {
  readonly #options: AppendFeedOptions;
  readonly #waiters = new Waiters();
  /** The last event that is known to exist. */
  #known: Position | undefined;
  #isRunning = false;
  #call: ReadCall | undefined;
  #idleSince = 0;
  /** When the server was last heard of. */
  #healthyAt = 0;
  /** How many events the subscriptions have brought. */
  #heard = 0;

  constructor(options: AppendFeedOptions) {
    this.#options = options;
  }

  async wait(after: Position | undefined, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    // Who waits has seen the event at this position, so it exists.
    if (after !== undefined) this.noted(after);
    if (isAfter(this.#known, after)) return true;
    try {
      return await this.#waiters.wait(after, signal, () => this.#begin());
    } finally {
      this.#idleSince = performance.now();
    }
  }

  /** An event is known to exist. */
  noted(position: Position): void {
    if (!isAfter(position, this.#known)) return;
    this.#known = position;
    this.#waiters.wake(position);
  }

  stop(reason: unknown): void {
    this.#waiters.fail(reason);
    this.#call?.cancel();
  }

  #begin(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run()
      .catch((error: unknown) => this.#waiters.fail(error))
      .finally(() => {
        this.#isRunning = false;
        // Somebody may have come while it was ending.
        if (!this.#waiters.isNobody && !this.#options.ended.aborted) this.#begin();
      });
  }

  get #isWanted(): boolean {
    if (this.#options.ended.aborted) return false;
    return !this.#waiters.isNobody || performance.now() - this.#idleSince < LINGER;
  }

  /** Subscribes again and again, until nobody waits; tells who waits of an outage that lasts. */
  async #run(): Promise<void> {
    const { connection, patience, ended } = this.#options;
    let failures = 0;
    this.#healthyAt = performance.now();
    while (this.#isWanted) {
      try {
        await this.#subscribeOnce();
        failures = 0;
      } catch (error) {
        const failure = eventLogFailure(error, connection.server);
        const isLasting = performance.now() - this.#healthyAt > patience.retry;
        if (failure.code !== 'unreachable' || isLasting) throw failure;
        await backOff(failures, ended);
        failures += 1;
      }
    }
  }

  /** Ends without an error when nobody waits any more, or when the subscription has fallen silent. */
  async #subscribeOnce(): Promise<void> {
    const { connection, patience, names } = this.#options;
    const after = this.#known === undefined ? 'start' : wirePositionOf(this.#known);
    const request = subscriptionRequest(names.filter(), after);
    const call = await connection.read(request, Infinity, patience.call);
    const over = new AbortController();
    const broken = Promise.withResolvers<never>();
    this.#call = call;
    call.on('data', (answer: ReadResp) => {
      try {
        this.#hear(answer);
      } catch (error) {
        broken.reject(error);
      }
    });
    call.on('error', broken.reject);
    call.on('end', () => broken.reject(new Error('The server ended the subscription.')));
    try {
      await Promise.race([broken.promise, this.#watch(over.signal)]);
    } finally {
      over.abort();
      call.cancel();
      this.#call = undefined;
    }
  }

  /** Resolves when the subscription is to end. */
  async #watch(over: AbortSignal): Promise<void> {
    const { patience, head } = this.#options;
    let askedAt = performance.now();
    let heard = this.#heard;
    while (this.#isWanted) {
      await pause(Math.min(LINGER, patience.watch), over);
      over.throwIfAborted();
      if (performance.now() - askedAt < patience.watch) continue;
      askedAt = performance.now();
      if (this.#heard === heard && (await this.#isBehind(head))) return;
      heard = this.#heard;
    }
  }

  async #isBehind(head: () => Promise<Position | undefined>): Promise<boolean> {
    const last = await head();
    const isBehind = isAfter(last, this.#known);
    if (last !== undefined) this.noted(last);
    return isBehind;
  }

  #hear(answer: ReadResp): void {
    this.#healthyAt = performance.now();
    const event = answer.getEvent()?.getEvent();
    if (event === undefined) return;
    this.#heard += 1;
    this.noted(positionOfEvent(event));
  }
}
