import { ok, fold, type RecipientId, type Result } from '#domain/kernel/index';
import { weightier, type Remark } from '#domain/import/read-row';
import type { ImportRowsProcessed } from '#domain/import/index';
import {
  recipientStream,
  type At,
  type Recipient,
  type RecipientEvent,
  type RecipientRejection,
} from '#domain/recipient/index';
import { handleMany, type ManyOutcome } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/port';
import { inKeyOrder } from './in-key-order.ts';
import type { NamedRow, NamelessRow, RowPreparation, RowRequest } from './prepare-row.ts';
import type { SeenRecipients } from './seen-recipients.ts';

/** One letter of `ImportRowsProcessed.outcomes`. */
type Letter = 'c' | 'u' | 'n' | 'r';
type Row = NamedRow | NamelessRow;
type Fate = Readonly<{ letter: Letter; code?: string }>;
type Done = Result<Readonly<{ created: boolean; changed: boolean }>, Readonly<{ code: string }>>;
type RowOutcome = Readonly<{ done: Done; remark: Remark | undefined }>;
/** Carries out rows, or only says what that would do. Outcomes are in the order of the rows. */
export type CarryOut = (rows: readonly NamedRow[], at: At) => Promise<readonly RowOutcome[]>;

export const carryingOut =
  (ledger: Ledger, preparation: RowPreparation): CarryOut =>
  async (rows, at) => {
    const outcomes: RowOutcome[] = [];
    const keys = rows.map(({ recipientId }) => recipientId);
    await inKeyOrder(keys, async (places) => {
      const some = places.flatMap((place) => rows[place] ?? []);
      const found = await outcomesOf(some, preparation, at, async (requests) =>
        (await handleMany(ledger, requests)).map(doneOf),
      );
      places.forEach((place, index) => {
        const outcome = found[index];
        if (outcome !== undefined) outcomes[place] = outcome;
      });
    });
    return outcomes;
  };

/** Prepares the rows, and carries out what those ask for that are right. */
const outcomesOf = async (
  rows: readonly NamedRow[],
  preparation: RowPreparation,
  at: At,
  carryOut: (requests: readonly RowRequest[]) => Promise<readonly Done[]>,
): Promise<readonly RowOutcome[]> => {
  const prepared = rows.map((row) => preparation.prepare(row, at));
  const requests = prepared.flatMap((row) => (row.ok ? [row.value.request] : []));
  const done = (await carryOut(requests)).values();
  return prepared.map((row): RowOutcome => {
    if (!row.ok) return { done: row, remark: undefined };
    const next = done.next().value;
    if (next === undefined) throw new Error('A row has no outcome.');
    return { done: next, remark: row.value.remark };
  });
};

const doneOf = (outcome: ManyOutcome<Recipient, RecipientEvent, RecipientRejection>): Done => {
  if (!outcome.ok) return outcome;
  const { created, repeated, events } = outcome.value;
  // A repeated command was carried out before a crash: it had events then, or it would not be known.
  return ok({ created, changed: repeated || events.length > 0 });
};

/** The same decisions on the same histories, and nothing is written. */
export const trying =
  (ledger: Ledger, preparation: RowPreparation): CarryOut =>
  (rows, at) =>
    outcomesOf(rows, preparation, at, async (requests) => {
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
    });

/** Rows of a file that follow each other and name different people, so that they can be done at once. */
export class Batch {
  readonly #rows: Row[] = [];
  readonly #recipients = new Set<RecipientId>();

  get size(): number {
    return this.#rows.length;
  }

  /**
   * Whether the row names somebody whom the batch names already. Such a row has to wait until this batch is
   * recorded: a crash in between could otherwise do the earlier of the two rows again, on top of the later.
   */
  clashesWith({ recipientId }: Row): boolean {
    return recipientId !== null && this.#recipients.has(recipientId);
  }

  add(row: Row): void {
    this.#rows.push(row);
    if (row.recipientId !== null) this.#recipients.add(row.recipientId);
  }

  /** Carries out the batch and says what became of each row. */
  async settle(
    carryOut: CarryOut,
    seen: SeenRecipients,
    at: At,
  ): Promise<Omit<ImportRowsProcessed['data'], 'at'>> {
    const outcomes = (await carryOut(this.#rows.filter(isNamed), at)).values();
    const fates = this.#rows.map((row): Fate => {
      if (!isNamed(row)) return { letter: 'r', code: row.refusal };
      return fateOf(row, outcomes.next().value, seen);
    });
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

const isNamed = (row: Row): row is NamedRow => row.recipientId !== null;

const fateOf = (
  { recipientId }: NamedRow,
  outcome: RowOutcome | undefined,
  seen: SeenRecipients,
): Fate => {
  if (outcome === undefined) throw new Error('A row has no outcome.');
  const { done, remark } = outcome;
  if (!done.ok) return { letter: 'r', code: done.error.code };
  const again = seen.has(recipientId);
  seen.add(recipientId);
  const code = weightier(remark, again ? 'duplicate-row' : undefined);
  const { created, changed } = done.value;
  // A trial writes nothing, so the second row of a new person looks as new as the first.
  const letter = created && !again ? 'c' : changed ? 'u' : 'n';
  return code === undefined ? { letter } : { letter, code };
};
