import { ImportId } from '#domain/kernel/index';
import { importStream } from '#domain/import/index';
import { importOfUndoNote } from '#libs/uploads/index';
import { readState } from './import-setting.ts';
import type { ImporterParts } from './parts.ts';

/** An upload that takes longer than this without a byte is dead. */
const ABANDONED_AFTER_MILLISECONDS = 3_600_000;

/**
 * Deletes what an interrupted upload left behind: files that were never finished, and finished ones whose
 * import was never queued. Their keys go with the sweep of unused keys. Notes of undos that nobody asked for
 * after all (the request was refused) go too.
 */
export const sweepUploads = async ({ uploads, ledger, clock }: ImporterParts): Promise<void> => {
  for (const entry of await uploads.list()) {
    if (entry.changedAt > clock() - ABANDONED_AFTER_MILLISECONDS) continue;
    if (entry.staged) await uploads.discard(entry);
    else if (await isWithoutUse(ledger, entry.name)) await uploads.remove(entry.name);
  }
};

const isWithoutUse = async (ledger: ImporterParts['ledger'], name: string): Promise<boolean> => {
  if (ImportId.is(name)) return (await ledger.read(importStream, name)).length === 0;
  const undone = importOfUndoNote(name);
  return (
    undone !== undefined && (await readState(ledger, importStream, undone)).status !== 'undoing'
  );
};
