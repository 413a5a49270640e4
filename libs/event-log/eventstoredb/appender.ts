import { VersionConflict, type AppendOutcome } from '../port.ts';
import type { AppendReply } from './append-message.ts';
import { AppendStream } from './append-stream.ts';
import type { Connection } from './connection.ts';
import type { EventReader } from './event-reader.ts';
import { eventLogFailure, streamDeleted, unauthorised, unreachable } from './failure.ts';
import { backOff, type Patience } from './patience.ts';
import { positionOf } from './position.ts';
import { firstRevision, lastRevision, type PreparedAppend } from './prepared-append.ts';
import { positionOfEvent } from './read-events.ts';
import { streamRequest } from './read-request.ts';

export type AppenderOptions = Readonly<{
  connection: Connection;
  reader: EventReader;
  patience: Patience;
  /** Aborted when no attempt may be made any more. */
  ended: AbortSignal;
}>;

/**
 * Appends until the outcome is known. After anything but an answer the stream is read: the events are there,
 * or the same append goes out again, which the server takes for a repeat if it was there after all.
 */
export class Appender {
  readonly #connection: Connection;
  readonly #reader: EventReader;
  readonly #patience: Patience;
  readonly #ended: AbortSignal;
  #stream: Promise<AppendStream> | undefined;
  /** The last one that had ended and was replaced. */
  #replaced: AppendStream | undefined;

  constructor({ connection, reader, patience, ended }: AppenderOptions) {
    this.#connection = connection;
    this.#reader = reader;
    this.#patience = patience;
    this.#ended = ended;
  }

  /**
   * One attempt, in the order of the calls. Undefined when the outcome is unknown: then `append()` finds out.
   * Throws `EventLogUnavailable` where another attempt would not help.
   */
  async attempt(append: PreparedAppend): Promise<AppendOutcome | undefined> {
    try {
      return this.#outcomeOf(append, await this.#send(append));
    } catch (error) {
      const failure = eventLogFailure(error, this.#connection.server);
      if (failure.code !== 'unreachable' || this.#ended.aborted) throw failure;
      return undefined;
    }
  }

  /**
   * Looks whether an append whose outcome is unknown is there, and appends it if not. Throws
   * `EventLogUnavailable`; with `unreachable` the outcome is still unknown.
   */
  async resolve(append: PreparedAppend): Promise<AppendOutcome> {
    const until = performance.now() + this.#patience.retry;
    for (let failures = 0; ; failures += 1) {
      try {
        const stored = await this.#stored(append);
        if (stored !== undefined) return stored;
        const outcome = this.#outcomeOf(append, await this.#send(append));
        if (outcome !== undefined) return outcome;
      } catch (error) {
        const failure = eventLogFailure(error, this.#connection.server);
        if (failure.code !== 'unreachable' || performance.now() > until || this.#ended.aborted) {
          throw failure;
        }
      }
      await backOff(failures, this.#ended);
    }
  }

  async close(): Promise<void> {
    (await this.#stream?.catch(() => undefined))?.close();
  }

  async #send(append: PreparedAppend): Promise<AppendReply> {
    const known = await this.#opened();
    return (known.isOpen ? known : await this.#openedAfter(known)).append(append);
  }

  async #opened(): Promise<AppendStream> {
    const { call, open } = this.#patience;
    const opening = (this.#stream ??= this.#connection
      .batchAppend(Math.min(call, open))
      .then((duplex) => new AppendStream(duplex, call)));
    try {
      return await opening;
    } catch (error) {
      if (this.#stream === opening) this.#stream = undefined;
      throw error;
    }
  }

  /** Only one of those who find a stream closed replaces it. */
  async #openedAfter(ended: AppendStream): Promise<AppendStream> {
    if (this.#replaced !== ended) {
      this.#replaced = ended;
      this.#stream = undefined;
    }
    return this.#opened();
  }

  /** Undefined when it was recorded, and the server does not say where. */
  #outcomeOf(append: PreparedAppend, reply: AppendReply): AppendOutcome | undefined {
    const { server } = this.#connection;
    const { stream, expected } = append;
    switch (reply.kind) {
      case 'recorded': {
        // Numbering goes on after somebody has deleted a stream by hand, and then nothing fits any more.
        if (reply.revision !== lastRevision(append)) throw streamDeleted(server);
        const { revision, position } = reply;
        return position && { ok: true, value: { revision, position: positionOf(position) } };
      }
      case 'conflict':
        return { ok: false, error: new VersionConflict(stream, expected, reply.actual) };
      case 'denied':
        throw unauthorised(server);
      case 'deleted':
        throw streamDeleted(server);
      case 'refused':
        throw new TypeError(`EventStoreDB refuses an append to ${stream}: ${reply.reason}.`);
      case 'unknown':
        throw unreachable(server, new Error(reply.reason));
    }
  }

  async #stored(append: PreparedAppend): Promise<AppendOutcome | undefined> {
    const { name, expected, events } = append;
    const request = streamRequest(name, firstRevision(expected), events.length);
    const found = await this.#reader.events(request, 0);
    const isOurs = events.every(({ id }, index) => found[index]?.getId()?.getString() === id);
    const last = found.at(-1);
    if (!isOurs || last === undefined) return undefined;
    const position = positionOfEvent(last);
    return { ok: true, value: { revision: lastRevision(append), position } };
  }
}
