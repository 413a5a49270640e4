import type { LeftOfImport } from '#domain/import/index';
import type { ImportId, RecipientId, Recorded } from '#domain/kernel/index';
import {
  recipientStream,
  undoImport,
  type ImportUndo,
  type RecipientEvent,
} from '#domain/recipient/index';
import type { CommandContext, Ledger, LedgerAppend } from '#libs/ledger/port';

/** Recipients whose histories are held at once. */
const AT_ONCE = 500;
/** How often a recipient is looked at anew because somebody else wrote to them first. */
const ATTEMPTS = 10;

export type UndoTerms = Readonly<{
  importId: ImportId;
  /** Of the undo of one recipient: repeated, it has the same command id. */
  contextOf: (recipientId: RecipientId) => CommandContext;
}>;

export type UndoneRecipients = Readonly<{
  compensated: readonly RecipientId[];
  left: readonly LeftOfImport[];
}>;

/**
 * Takes back what an import changed in each of these recipients. Whoever was done with before a crash is
 * recognised by the event in their own stream. Throws `VersionConflict` when somebody else is always faster.
 */
export const undoRecipients = async (
  ledger: Ledger,
  recipientIds: readonly RecipientId[],
  terms: UndoTerms,
): Promise<UndoneRecipients> => {
  const compensated: RecipientId[] = [];
  const left: LeftOfImport[] = [];
  for (let start = 0; start < recipientIds.length; start += AT_ONCE) {
    const some = recipientIds.slice(start, start + AT_ONCE);
    const undone = await undoSome(ledger, some, terms);
    for (const recipientId of some) {
      const undo = undone.get(recipientId);
      if (undo?.compensates === true) compensated.push(recipientId);
      for (const thing of undo?.left ?? []) left.push({ recipientId, ...thing });
    }
  }
  return { compensated, left };
};

type Decided = Readonly<{
  recipientId: RecipientId;
  undo: ImportUndo;
  append: LedgerAppend<RecipientEvent> | undefined;
}>;

const undoSome = async (
  ledger: Ledger,
  recipientIds: readonly RecipientId[],
  terms: UndoTerms,
): Promise<ReadonlyMap<RecipientId, ImportUndo>> => {
  const undone = new Map<RecipientId, ImportUndo>();
  let waiting = recipientIds;
  for (let attempt = 1; waiting.length > 0; attempt += 1) {
    const histories = await ledger.readMany(recipientStream, waiting);
    const decided = waiting.map((id, index) => decide(id, histories[index] ?? [], terms));
    const lost = await append(ledger, decided, attempt);
    for (const { recipientId, undo } of decided) undone.set(recipientId, undo);
    waiting = lost;
  }
  return undone;
};

const decide = (
  recipientId: RecipientId,
  history: readonly Recorded<RecipientEvent>[],
  { importId, contextOf }: UndoTerms,
): Decided => {
  const context = contextOf(recipientId);
  const undo = undoImport(history, importId, context.now);
  const { events } = undo;
  const expected = history.at(-1)?.revision ?? 'no-stream';
  const append: Decided['append'] =
    events.length === 0
      ? undefined
      : { format: recipientStream, key: recipientId, expected, events, context };
  return { recipientId, undo, append };
};

/** The recipients to whom somebody else wrote first. */
const append = async (
  ledger: Ledger,
  decided: readonly Decided[],
  attempt: number,
): Promise<readonly RecipientId[]> => {
  const some = decided.flatMap(({ recipientId, append: each }) =>
    each === undefined ? [] : [{ recipientId, append: each }],
  );
  const outcomes = await ledger.appendMany(some.map((each) => each.append));
  return some.flatMap(({ recipientId }, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error('An append has no outcome.');
    if (outcome.ok) return [];
    if (attempt === ATTEMPTS) throw outcome.error;
    return [recipientId];
  });
};
