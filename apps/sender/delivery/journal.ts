import { fold, type Evidence, type Instant, type Result } from '#domain/kernel/index';
import {
  deliveryStream,
  type Delivery,
  type DeliveryCommand,
  type DeliveryContent,
  type DeliveryRejection,
} from '#domain/delivery/index';
import type { Ledger, LedgerAppend } from '#libs/ledger/port';
import { throughOutage } from '#libs/projecting/index';
import { systemContext } from '../system-context.ts';

/** A delivery as its stream says, and the revision that it was read at. */
export type Entry = Readonly<{ key: string; delivery: Delivery; revision: number }>;

/** What of a delivery is known without reading it: its key, or where it stood a while ago. */
export type Known = Readonly<{ key: string; entry?: Entry }>;

/** A command to a delivery as it was read, and what goes on record elsewhere in the same write. */
export type Step = Readonly<{ entry: Entry; command: DeliveryCommand; alongside?: LedgerAppend }>;

/** `half-done`: the delivery took its step, and what was to go alongside met with a conflict. */
export type StepRefusal = DeliveryRejection['code'] | 'version-conflict' | 'half-done';

type Origin = Readonly<{ correlationId: string; evidence: Evidence }>;

/** What a delivery belongs to. */
const originOf = (content: DeliveryContent): Origin => {
  switch (content.kind) {
    case 'newsletter': {
      const { newsletterId, campaignId } = content;
      return { correlationId: campaignId, evidence: { newsletterId, campaignId } };
    }
    case 'consent-request':
    case 'return-confirmation':
      return { correlationId: content.wordingId, evidence: {} };
    default:
      return { correlationId: content.formId, evidence: { formId: content.formId } };
  }
};

const appendOf = (
  { entry, command }: Step,
  events: LedgerAppend['events'],
  now: Instant,
): LedgerAppend => {
  const { accountId, content, messageId } = entry.delivery;
  if (accountId === undefined || content === undefined)
    throw new Error('A delivery without content.');
  const { correlationId, evidence: origin } = originOf(content);
  const message = command.type === 'AttemptDelivery' ? command.messageId : messageId;
  const evidence = { ...origin, ...(message === undefined ? {} : { messageId: message }) };
  return {
    format: deliveryStream as unknown as LedgerAppend['format'],
    key: entry.key,
    expected: entry.revision,
    events,
    context: systemContext({ accountId, correlationId, now, evidence }),
  };
};

/**
 * Reads deliveries and records what becomes of them, many at once. Each step is decided on the delivery
 * as it was read, and lost when somebody else wrote since: that is what makes a claim exclusive (SND-3).
 * A ledger that does not answer is waited for until the signal aborts: a write whose fate is not known is repeated
 * as it was, so that a claim which was recorded is not taken for somebody else's.
 */
export class DeliveryJournal {
  readonly #ledger: Ledger;
  readonly #signal: AbortSignal;

  constructor(ledger: Ledger, signal: AbortSignal) {
    this.#ledger = ledger;
    this.#signal = signal;
  }

  /** Reads those of which no entry is known; in the order asked. */
  async complete(known: readonly Known[]): Promise<readonly Entry[]> {
    const unread = known.flatMap(({ key, entry }) => (entry === undefined ? [key] : []));
    const read = (await this.load(unread)).values();
    return known.flatMap(({ entry }) => entry ?? read.next().value ?? []);
  }

  async load(keys: readonly string[]): Promise<readonly Entry[]> {
    if (keys.length === 0) return [];
    const histories = await throughOutage(
      () => this.#ledger.readMany(deliveryStream, keys),
      this.#signal,
    );
    return keys.map((key, index) => {
      const history = histories[index] ?? [];
      const delivery = fold(
        deliveryStream,
        history.map(({ event }) => event),
      );
      return { key, delivery, revision: history.at(-1)?.revision ?? -1 };
    });
  }

  /** The deliveries after their steps, in order. Throws what the ledger throws. */
  async record(
    steps: readonly Step[],
    now: Instant,
  ): Promise<readonly Result<Entry, StepRefusal>[]> {
    const results: Result<Entry, StepRefusal>[] = [];
    const appends: { index: number; after: Delivery; append: LedgerAppend }[] = [];
    const alongside: { index: number; append: LedgerAppend }[] = [];
    steps.forEach((step, index) => {
      const decision = deliveryStream.decide(step.command, step.entry.delivery);
      if (!decision.ok) results[index] = { ok: false, error: decision.error.code };
      else if (decision.value.length === 0) results[index] = { ok: true, value: step.entry };
      else {
        const after = decision.value.reduce(deliveryStream.evolve, step.entry.delivery);
        appends.push({ index, after, append: appendOf(step, decision.value, now) });
        if (step.alongside !== undefined) alongside.push({ index, append: step.alongside });
      }
    });
    // A write that breaks off in between leaves what went alongside, and the delivery to be taken up again.
    const all = [...alongside, ...appends].map(({ append }) => append);
    const outcomes = await throughOutage(() => this.#ledger.appendMany(all), this.#signal);
    appends.forEach(({ index, after, append }, place) => {
      const outcome = outcomes[alongside.length + place];
      results[index] = outcome?.ok
        ? {
            ok: true,
            value: { key: append.key, delivery: after, revision: outcome.value.revision },
          }
        : { ok: false, error: 'version-conflict' };
    });
    alongside.forEach(({ index }, place) => {
      const isDone = outcomes[place]?.ok === true;
      if (!isDone && results[index]?.ok === true)
        results[index] = { ok: false, error: 'half-done' };
    });
    return results;
  }
}
