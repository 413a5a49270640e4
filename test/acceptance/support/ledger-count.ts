import type { Position } from '#domain/kernel/index';
import type { EventLog } from '#libs/event-log/port';

const PAGE = 1_000;

/** Counts the events of a ledger, looking each time at those that came since. */
export class LedgerCount {
  readonly #eventLog: EventLog;
  #events = 0;
  #after: Position | undefined;

  constructor(eventLog: EventLog) {
    this.#eventLog = eventLog;
  }

  async now(): Promise<number> {
    for (;;) {
      const page = await this.#eventLog.readAll({ after: this.#after, limit: PAGE });
      this.#events += page.length;
      this.#after = page.at(-1)?.position ?? this.#after;
      if (page.length < PAGE) return this.#events;
    }
  }
}
