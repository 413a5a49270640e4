import type { ImportEvent } from '#domain/import/index';
import {
  distinct,
  RecipientId,
  splitStreamName,
  type ImportId,
  type Position,
  type Recorded,
} from '#domain/kernel/index';
import type { Ledger } from '#libs/ledger/port';
import { pagesAfter } from './pages-after.ts';

/** Rows that follow each other, and whom they changed. */
export type ChangedRows = Readonly<{
  from: number;
  to: number;
  recipientIds: readonly RecipientId[];
}>;

/** The people whom a recorded run of rows changed; undefined for another event. */
export const changedRows = (event: ImportEvent): ChangedRows | undefined => {
  if (event.type !== 'ImportRowsProcessed') return undefined;
  const { from, to, outcomes, recipientIds } = event.data;
  const changed = recipientIds.flatMap((recipientId, index) =>
    recipientId !== null && ['c', 'u'].includes(outcomes[index] ?? '') ? [recipientId] : [],
  );
  return { from, to, recipientIds: distinct(changed) };
};

/**
 * Rows that were carried out and never recorded, because the import failed in between (its file was lost
 * after a crash). They are found in the recipients' own streams, between two places of the ledger.
 */
export const unrecordedRows = async (
  ledger: Ledger,
  importId: ImportId,
  place: Readonly<{ after: Position; until: Position; firstRow: number }>,
): Promise<ChangedRows | undefined> => {
  const recipientIds = new Set<RecipientId>();
  let to = 0;
  const see = ({ stream, metadata }: Recorded<unknown>): void => {
    const { key } = splitStreamName(stream);
    if (metadata.evidence?.importId !== importId || !RecipientId.is(key)) return;
    if ((metadata.evidence.row ?? 0) < place.firstRow) return;
    recipientIds.add(key);
    to = Math.max(to, metadata.evidence.row ?? 0);
  };
  for await (const page of pagesAfter(ledger, 'recipient', place.after)) {
    const before = page.filter(({ position }) => position < place.until);
    before.forEach(see);
    if (before.length < page.length) break;
  }
  const { firstRow } = place;
  return to < firstRow ? undefined : { from: firstRow, to, recipientIds: [...recipientIds] };
};
