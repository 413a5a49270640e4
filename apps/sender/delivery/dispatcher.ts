import { instantOf, type Instant } from '#domain/kernel/index';
import type { Mailer, OutgoingMessage } from '#libs/mailer/port';
import type { Clock } from '#libs/projecting/index';
import type { Entry } from './journal.ts';
import { notSent, outcomeCommand } from './outcome-command.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

/** A claimed delivery, ready to leave. */
export type Claimed = Readonly<{
  entry: Entry;
  message: OutgoingMessage;
  claimedAt: number;
  /** The decision once more, for a claim that had to wait. */
  mayStillSend: (now: Instant) => Promise<boolean>;
}>;

/** From this age on, a claim's decision is taken again before SMTP: an unsubscription may have come. */
const FRESH_MILLISECONDS = 1_000;

export type DispatcherParts = Readonly<{
  mailer: Mailer;
  recorder: OutcomeRecorder;
  clock: Clock;
  signal: AbortSignal;
  /** Told of what must end the process: the ledger takes no more. */
  failed: (error: unknown) => void;
}>;

/** Sends claimed messages, as many at once as the mailer can use, and records what became of them. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #queue: Claimed[] = [];
  #underWay = 0;
  #waiters: (() => void)[] = [];

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  add(claimed: readonly Claimed[]): void {
    this.#queue.push(...claimed);
    this.#pump();
  }

  /** Resolves once no more than `count` messages wait for their turn or are under way. */
  async until(count: number): Promise<void> {
    while (this.#queue.length + this.#underWay > count) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  #pump(): void {
    while (this.#underWay < this.#parts.mailer.concurrency) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      this.#underWay += 1;
      void this.#send(next).finally(() => {
        this.#underWay -= 1;
        this.#pump();
        const waiters = this.#waiters;
        this.#waiters = [];
        for (const resolve of waiters) resolve();
      });
    }
  }

  async #send(claimed: Claimed): Promise<void> {
    const { mailer, recorder, clock, failed } = this.#parts;
    const { entry, message } = claimed;
    try {
      if (!(await this.#isStillFine(claimed))) {
        await recorder.record({ entry, command: notSent(instantOf(clock())) });
        return;
      }
      const outcome = await mailer.send(message);
      const now = instantOf(clock());
      await recorder.record({ entry, command: outcomeCommand(entry.delivery, outcome, now) });
    } catch (error) {
      failed(error);
    }
  }

  async #isStillFine({ claimedAt, mayStillSend }: Claimed): Promise<boolean> {
    const { clock, signal } = this.#parts;
    if (signal.aborted) return false;
    const now = clock();
    return now - claimedAt < FRESH_MILLISECONDS || (await mayStillSend(instantOf(now)));
  }
}
