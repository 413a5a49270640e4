import { ImportId } from '#domain/kernel/index';
import { importStream } from '#domain/import/index';
import type { ImporterParts } from './parts.ts';

/** An upload that takes longer than this without a byte is dead. */
const ABANDONED_AFTER_MILLISECONDS = 3_600_000;

/**
 * Deletes what an interrupted upload left behind: files that were never finished, and finished ones whose
 * import was never queued. Their keys go with the sweep of unused keys.
 */
export const sweepUploads = async ({ uploads, ledger, clock }: ImporterParts): Promise<void> => {
  for (const entry of await uploads.list()) {
    if (entry.changedAt > clock() - ABANDONED_AFTER_MILLISECONDS) continue;
    if (entry.staged) await uploads.discard(entry);
    else if (ImportId.is(entry.name) && !(await isQueued(ledger, entry.name))) {
      await uploads.remove(entry.name);
    }
  }
};

const isQueued = async (ledger: ImporterParts['ledger'], importId: ImportId): Promise<boolean> =>
  (await ledger.read(importStream, importId)).length > 0;
