import { ok, fold, type RecipientId, type Result } from '#domain/kernel/index';
import { weightier, type Remark } from '#domain/import/read-row';
import type { ImportRowsProcessed } from '#domain/import/index';
import {
  recipientStream,
  type Recipient,
  type RecipientEvent,
  type RecipientRejection,
} from '#domain/recipient/index';
import { handleMany, type ManyOutcome } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/port';
import { inKeyOrder } from './in-key-order.ts';
import type { PreparedRow, RowRequest } from './prepare-row.ts';
import type { SeenRecipients } from './seen-recipients.ts';

/** One letter of `ImportRowsProcessed.outcomes`. */
type Letter = 'c' | 'u' | 'n' | 'r';
type Fate = Readonly<{ letter: Letter; code?: string }>;
type Done = Result<Readonly<{ created: boolean; changed: boolean }>, Readonly<{ code: string }>>;
/** Carries out commands in their order, or only says what they would do. */
export type CarryOut = (requests: readonly RowRequest[]) => Promise<readonly Done[]>;

export const carryingOut =
  (ledger: Ledger): CarryOut =>
  async (requests) => {
    const done: Done[] = [];
    await inKeyOrder(requests, async (places) => {
      const some = places.flatMap((place) => requests[place] ?? []);
      const outcomes = await handleMany(ledger, some);
      places.forEach((place, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) throw new Error('A command has no outcome.');
        done[place] = doneOf(outcome);
      });
    });
    return done;
  };

const doneOf = (outcome: ManyOutcome<Recipient, RecipientEvent, RecipientRejection>): Done => {
  if (!outcome.ok) return outcome;
  const { created, repeated, events } = outcome.value;
  // A repeated command was carried out before a crash: it had events then, or it would not be known.
  return ok({ created, changed: repeated || events.length > 0 });
};

/** The same decisions on the same histories, and nothing is written. */
export const trying =
  (ledger: Ledger): CarryOut =>
  async (requests) => {
    const histories = await ledger.readMany(
      recipientStream,
      requests.map(({ key }) => key),
    );
    return requests.map(({ command }, index): Done => {
      const events = (histories[index] ?? []).map(({ event }) => event);
      const decision = recipientStream.decide(command, fold(recipientStream, events));
      if (!decision.ok) return decision;
      const changed = decision.value.length > 0;
      return ok({ created: changed && events.length === 0, changed });
    });
  };

/** Rows of a file that follow each other and name different people, so that they can be done at once. */
export class Batch {
  readonly #rows: PreparedRow[] = [];
  readonly #recipients = new Set<RecipientId>();

  get size(): number {
    return this.#rows.length;
  }

  /**
   * Whether the row names somebody whom the batch names already. Such a row has to wait until this batch is
   * recorded: a crash in between could otherwise do the earlier of the two rows again, on top of the later.
   */
  clashesWith({ recipientId }: PreparedRow): boolean {
    return recipientId !== null && this.#recipients.has(recipientId);
  }

  add(row: PreparedRow): void {
    this.#rows.push(row);
    if (row.recipientId !== null) this.#recipients.add(row.recipientId);
  }

  /** Carries out the batch and says what became of each row. */
  async settle(
    carryOut: CarryOut,
    seen: SeenRecipients,
  ): Promise<Omit<ImportRowsProcessed['data'], 'at'>> {
    const requests = this.#rows.flatMap((row) => (row.refusal === undefined ? [row.request] : []));
    const outcomes = (await carryOut(requests)).values();
    const fates = this.#rows.map((row) => fateOf(row, () => outcomes.next().value, seen));
    const first = this.#rows[0]?.number ?? 0;
    const codes: Record<string, string> = {};
    fates.forEach(({ code }, index) => {
      if (code !== undefined) codes[String(first + index)] = code;
    });
    return {
      from: first,
      to: first + this.#rows.length - 1,
      outcomes: fates.map(({ letter }) => letter).join(''),
      recipientIds: this.#rows.map(({ recipientId }) => recipientId),
      codes,
    };
  }
}

const fateOf = (row: PreparedRow, next: () => Done | undefined, seen: SeenRecipients): Fate => {
  if (row.refusal !== undefined) return { letter: 'r', code: row.refusal };
  const outcome = next();
  if (outcome === undefined) throw new Error('A row has no outcome.');
  if (!outcome.ok) return { letter: 'r', code: outcome.error.code };
  const again = seen.has(row.recipientId);
  seen.add(row.recipientId);
  const remark: Remark | undefined = weightier(row.remark, again ? 'duplicate-row' : undefined);
  const { created, changed } = outcome.value;
  // A trial writes nothing, so the second row of a new person looks as new as the first.
  const letter = created && !again ? 'c' : changed ? 'u' : 'n';
  return remark === undefined ? { letter } : { letter, code: remark };
};
