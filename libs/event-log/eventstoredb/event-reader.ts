import type { Position } from '#domain/kernel/index';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { PersonalReading, RecordedBytes, StreamReading } from '../port.ts';
import type { Connection } from './connection.ts';
import { damaged, eventLogFailure } from './failure.ts';
import { backOff, type Patience } from './patience.ts';
import { wirePositionOf } from './position.ts';
import { eventsOf, positionOfEvent, recordedBytes, type WireEvent } from './read-events.ts';
import { allRequest, lastRequest, streamRequest } from './read-request.ts';
import type { StreamNames } from './stream-names.ts';
import { Turnstile } from './turnstile.ts';
import { whileAnswering } from './while-answering.ts';

/** Events asked for at once: an unbounded read would have to fit into memory. */
const PAGE = 2_000;
/** A connection carries 100 calls; one more hangs without a word. */
const READS_AT_ONCE = 64;

export type EventReaderOptions = Readonly<{
  connection: Connection;
  names: StreamNames;
  patience: Patience;
  /** Aborted when the log is closed. */
  ended: AbortSignal;
}>;

/** Reads page by page. Each page is asked for again while the server is away, for a bounded time. */
export class EventReader {
  readonly #connection: Connection;
  readonly #names: StreamNames;
  readonly #patience: Patience;
  readonly #ended: AbortSignal;
  readonly #turnstile = new Turnstile(READS_AT_ONCE);

  constructor({ connection, names, patience, ended }: EventReaderOptions) {
    this.#connection = connection;
    this.#names = names;
    this.#patience = patience;
    this.#ended = ended;
  }

  async stream(stream: string, options: StreamReading = {}): Promise<RecordedBytes[]> {
    const { from = 0, limit = Infinity } = options;
    const name = this.#names.toServer(stream);
    const found: RecordedBytes[] = [];
    while (found.length < limit) {
      const count = Math.min(PAGE, limit - found.length);
      const page = await this.events(streamRequest(name, from + found.length, count));
      found.push(...this.#recorded(page, options));
      if (page.length < count) break;
    }
    return found;
  }

  async all(
    after: Position | undefined,
    limit: number,
    options: Readonly<{ categories?: readonly string[] }> & PersonalReading,
  ): Promise<RecordedBytes[]> {
    const { categories } = options;
    if (categories?.length === 0) return [];
    const filter = this.#names.filter(categories);
    const found: RecordedBytes[] = [];
    let reached = after;
    while (found.length < limit) {
      // The event at the position itself comes first, unless the filter leaves it out.
      const count = Math.min(PAGE, limit - found.length) + (reached === undefined ? 0 : 1);
      const from = reached === undefined ? 'start' : wirePositionOf(reached);
      const page = await this.#search(allRequest(filter, from, count));
      const later = page.filter(
        (event) => reached === undefined || positionOfEvent(event) > reached,
      );
      found.push(...this.#recorded(later, options));
      const last = later.at(-1);
      if (page.length < count || last === undefined) break;
      reached = positionOfEvent(last);
    }
    return found.slice(0, limit);
  }

  async head(): Promise<Position | undefined> {
    const [last] = await this.#search(lastRequest(this.#names.filter()));
    return last && positionOfEvent(last);
  }

  /** A page of one stream. Throws `EventLogUnavailable` when it does not come within the time for attempts. */
  async events(request: ReadReq, retry = this.#patience.retry): Promise<WireEvent[]> {
    return this.#again(retry, () => this.#page(request, this.#patience.call));
  }

  /**
   * A page of the total order. For a filter that fits few events the server may search for long, and says
   * nothing meanwhile; so it has all the time it needs, while it answers other questions.
   */
  async #search(request: ReadReq): Promise<WireEvent[]> {
    const half = this.#patience.call / 2;
    const question = streamRequest(this.#names.identity, 0, 1);
    return this.#again(this.#patience.retry, async () => {
      const call = await this.#connection.read(request, Infinity, this.#patience.call);
      try {
        return await whileAnswering(eventsOf(call), () => this.#page(question, half), half);
      } finally {
        call.cancel();
      }
    });
  }

  async #again(retry: number, read: () => Promise<WireEvent[]>): Promise<WireEvent[]> {
    const until = performance.now() + retry;
    for (let failures = 0; ; failures += 1) {
      try {
        return await this.#turnstile.through(read);
      } catch (error) {
        const failure = eventLogFailure(error, this.#connection.server);
        if (failure.code !== 'unreachable' || performance.now() > until) throw failure;
        await backOff(failures, this.#ended);
        if (this.#ended.aborted) throw failure;
      }
    }
  }

  async #page(request: ReadReq, milliseconds: number): Promise<WireEvent[]> {
    return eventsOf(await this.#connection.read(request, milliseconds, milliseconds));
  }

  #recorded(events: readonly WireEvent[], reading: PersonalReading): RecordedBytes[] {
    try {
      return events.flatMap((event) => recordedBytes(event, this.#names, reading) ?? []);
    } catch (error) {
      throw damaged(this.#connection.server, error);
    }
  }
}
