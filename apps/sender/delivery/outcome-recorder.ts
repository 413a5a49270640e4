import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from '#domain/kernel/index';
import { EventLogUnavailable } from '#libs/event-log/port';
import { errorDetails, isUnreachable, type Clock, type Log } from '#libs/projecting/index';
import type { DeliveryJournal, Entry, Step } from './journal.ts';

/** Longest wait for others; a batch of claims that is written in the meantime takes the outcomes along. */
const GATHER_MILLISECONDS = 25;
const ENOUGH = 128;
const RETRY_MILLISECONDS = 500;

type Waiting = Readonly<{ step: Step; done: () => void; failed: (error: unknown) => void }>;

const isSameClaim = ({ delivery: ours }: Entry, { delivery: now }: Entry): boolean =>
  now.status === 'attempted' && now.claimant === ours.claimant && now.attempts === ours.attempts;

/** Records outcomes in batches, as one durable write costs as much as many. */
export class OutcomeRecorder {
  readonly #journal: DeliveryJournal;
  readonly #clock: Clock;
  readonly #log: Log;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(journal: DeliveryJournal, { clock, log }: Readonly<{ clock: Clock; log: Log }>) {
    this.#journal = journal;
    this.#clock = clock;
    this.#log = log;
  }

  /** Resolves once the outcome is durable. Rejects when the ledger can take no more. */
  record(step: Step): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ step, done, failed });
      if (this.#waiting.length >= ENOUGH) this.flush();
      else
        this.#timer ??= setTimeout(() => {
          this.flush();
        }, GATHER_MILLISECONDS);
    });
  }

  /**
   * Writes what waits now: when no other outcome will come, or when something else is written in this turn of the
   * event loop, with which it shares the transaction.
   */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting;
    this.#waiting = [];
    void this.#write(batch);
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#recordAll(batch.map(({ step }) => step));
      results.forEach((result, index) => {
        // Somebody else has written to a delivery that we had claimed: they took us for dead.
        if (!result.ok) {
          const details = { event: 'outcome-lost', code: result.error };
          this.#log.warn(details, 'An outcome could not be recorded; the delivery is uncertain.');
        }
        batch[index]?.done();
      });
    } catch (error) {
      if (isUnreachable(error)) this.#givenUp(batch);
      else for (const { failed } of batch) failed(error);
    }
  }

  /** The sender stops while the ledger does not answer; whoever recovers the claims takes them for uncertain. */
  #givenUp(batch: readonly Waiting[]): void {
    const details = { event: 'outcome-lost', code: 'unreachable', count: batch.length };
    this.#log.warn(details, 'Outcomes could not be recorded; the deliveries are uncertain.');
    for (const { done } of batch) done();
  }

  async #recordAll(steps: readonly Step[]): ReturnType<DeliveryJournal['record']> {
    const results = [...(await this.#recordOnce(steps))];
    const places = results.flatMap((result, index) =>
      !result.ok && result.error === 'version-conflict' ? [index] : [],
    );
    if (places.length === 0) return results;
    // Somebody wrote beside our claim, such as the skip of another campaign: the claim is still ours.
    const entries = await this.#journal.load(places.map((index) => steps[index]?.entry.key ?? ''));
    const still = places.flatMap((index, place) => {
      const [step, entry] = [steps[index], entries[place]];
      if (step === undefined || entry === undefined || !isSameClaim(step.entry, entry)) return [];
      return [{ index, step: { ...step, entry } }];
    });
    if (still.length === 0) return results;
    const again = await this.#recordAll(still.map(({ step }) => step));
    again.forEach((result, place) => {
      const index = still[place]?.index;
      if (index !== undefined) results[index] = result;
    });
    return results;
  }

  /** A full disk may get room again, and an outcome that is lost makes a delivery uncertain: it is worth waiting. */
  async #recordOnce(steps: readonly Step[]): ReturnType<DeliveryJournal['record']> {
    for (;;) {
      try {
        return await this.#journal.record(steps, instantOf(this.#clock()));
      } catch (error) {
        if (!(error instanceof EventLogUnavailable) || error.code !== 'disk-full') throw error;
        this.#log.error(
          { event: 'disk-full', ...errorDetails(error) },
          'The disk is full; waiting for room.',
        );
        await pause(RETRY_MILLISECONDS);
      }
    }
  }
}
