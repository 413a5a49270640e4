import { instantOf, type Instant } from '#domain/kernel/index';
import type { DeliveryCommand } from '#domain/delivery/index';
import type { Mailer, OutgoingMessage } from '#libs/mailer/port';
import { isUnreachable, type Clock } from '#libs/projecting/index';
import type { Entry } from './journal.ts';
import { notSent, outcomeCommand } from './outcome-command.ts';
import type { OutcomeRecorder } from './outcome-recorder.ts';

/** A claimed delivery, ready to leave. */
export type Claimed = Readonly<{
  entry: Entry;
  message: OutgoingMessage;
  /** When it was decided that it may leave. */
  decidedAt: number;
  /** The decision once more, for a claim that had to wait. */
  mayStillSend: (now: Instant) => Promise<boolean>;
}>;

/** From this age on, a decision is taken again before SMTP: an unsubscription may have come. */
const FRESH_MILLISECONDS = 1_000;

export type DispatcherParts = Readonly<{
  mailer: Mailer;
  recorder: OutcomeRecorder;
  clock: Clock;
  signal: AbortSignal;
  /** Told of what must end the process: the ledger takes no more. */
  failed: (error: unknown) => void;
}>;

/**
 * Sends claimed messages, as many at once as the mailer can use, and records what became of them. Recording
 * an outcome does not hold up the next message.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #queue: Claimed[] = [];
  #underWay = 0;
  #unrecorded = 0;
  #waiters: (() => void)[] = [];

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  add(claimed: readonly Claimed[]): void {
    this.#queue.push(...claimed);
    this.#pump();
  }

  /** Resolves once no more than `count` messages wait for their turn or are under way. */
  async untilWaiting(count: number): Promise<void> {
    while (this.#queue.length + this.#underWay > count) await this.#change();
  }

  /** Resolves once every message has left and its outcome is recorded. */
  async untilIdle(): Promise<void> {
    while (this.#queue.length + this.#underWay + this.#unrecorded > 0) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #changed(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const resolve of waiters) resolve();
  }

  #pump(): void {
    while (this.#underWay < this.#parts.mailer.concurrency) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      void this.#dispatch(next);
    }
  }

  async #dispatch(claimed: Claimed): Promise<void> {
    this.#underWay += 1;
    this.#unrecorded += 1;
    try {
      const command = await this.#send(claimed);
      this.#underWay -= 1;
      this.#pump();
      this.#changed();
      const recorded = this.#parts.recorder.record({ entry: claimed.entry, command });
      // Nothing is under way that this outcome could wait for.
      if (this.#underWay === 0) this.#parts.recorder.flush();
      await recorded;
    } catch (error) {
      this.#parts.failed(error);
    }
    this.#unrecorded -= 1;
    this.#changed();
  }

  async #send(claimed: Claimed): Promise<DeliveryCommand> {
    const { mailer, clock, signal } = this.#parts;
    const { entry, message } = claimed;
    if (signal.aborted || !(await this.#mayLeave(claimed))) return notSent(instantOf(clock()));
    const outcome = await mailer.send(message);
    return outcomeCommand(entry.delivery, outcome, instantOf(clock()));
  }

  /** Who cannot be asked about any more does not get it now. */
  async #mayLeave({ decidedAt, mayStillSend }: Claimed): Promise<boolean> {
    const now = this.#parts.clock();
    if (now - decidedAt < FRESH_MILLISECONDS) return true;
    try {
      return await mayStillSend(instantOf(now));
    } catch (error) {
      if (isUnreachable(error)) return false;
      throw error;
    }
  }
}
