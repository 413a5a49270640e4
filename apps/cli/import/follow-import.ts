import { importStream, type Import } from '#domain/import/index';
import type { ImportId } from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/index';

export const isOver = ({ status }: Import): boolean =>
  status === 'completed' || status === 'failed';

export const isUndone = ({ status }: Import): boolean => status === 'undone';

/**
 * The import each time that more of it is recorded, by whichever process, until it (or its undo, as asked)
 * is over or the signal aborts. Reads only what is new: a large import has thousands of events.
 */
export async function* followImport(
  ledger: Ledger,
  importId: ImportId,
  signal: AbortSignal,
  isEnd: (state: Import) => boolean = isOver,
): AsyncGenerator<Import, void> {
  let state = importStream.initialState;
  let next = 0;
  for (;;) {
    const head = await ledger.head();
    const events = await ledger.read(importStream, importId, { from: next });
    next += events.length;
    state = events.reduce((before, { event }) => importStream.evolve(before, event), state);
    if (events.length > 0) yield state;
    if (isEnd(state) || !(await ledger.waitForAppend(head, signal))) return;
  }
}
