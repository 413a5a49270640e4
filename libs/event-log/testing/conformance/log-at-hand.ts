import { VersionConflict, type Appended, type EventLog, type StoredEvent } from '../../port.ts';
import type { EventLogHome } from '../event-log-home.ts';

/** A new log for each test, and more instances of it. */
export class LogAtHand {
  readonly makeHome: () => Promise<EventLogHome>;
  readonly #opened: EventLog[] = [];
  #home: EventLogHome | undefined;
  #log: EventLog | undefined;

  /** `makeHome` makes an empty one. */
  constructor(makeHome: () => Promise<EventLogHome>) {
    this.makeHome = makeHome;
  }

  get log(): EventLog {
    if (this.#log === undefined) throw new Error('No log is open.');
    return this.#log;
  }

  async begin(): Promise<void> {
    this.#home = await this.makeHome();
    this.#log = await this.open();
  }

  async end(): Promise<void> {
    for (const instance of this.#opened.splice(0)) await instance.close();
    await this.#home?.remove();
  }

  /** Another instance on the same data. */
  async open(): Promise<EventLog> {
    if (this.#home === undefined) throw new Error('There is no home to open a log in.');
    const another = await this.#home.open();
    this.#opened.push(another);
    return another;
  }

  /** The log after a restart. */
  async reopen(): Promise<void> {
    await this.log.close();
    this.#log = await this.open();
  }

  append(stream: string, expected: number | 'no-stream', events: StoredEvent[]): Promise<Appended> {
    return this.log.append({ stream, expected, events });
  }

  async conflictOf(attempt: Promise<unknown>): Promise<VersionConflict> {
    const error: unknown = await attempt.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof VersionConflict) return error;
    throw new Error('There was no conflict.', { cause: error });
  }
}
