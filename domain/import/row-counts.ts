import { ROW_OUTCOMES, type ImportRowsProcessed, type RowOutcome } from './events.ts';
import type { Import } from './state.ts';

type Counts = Pick<Import, RowOutcome | 'processed' | 'refusedBy' | 'remarks'>;

/** The counters of an import after one more run of rows. */
export const countRows = (before: Counts, rows: ImportRowsProcessed['data']): Counts => {
  const outcomes = { created: 0, updated: 0, unchanged: 0, refused: 0 };
  for (const letter of rows.outcomes) {
    const outcome = ROW_OUTCOMES[letter];
    if (outcome !== undefined) outcomes[outcome] += 1;
  }
  const isRefused = (row: string): boolean => rows.outcomes[Number(row) - rows.from] === 'r';
  const codes = Object.entries(rows.codes);
  return {
    processed: rows.to,
    created: before.created + outcomes.created,
    updated: before.updated + outcomes.updated,
    unchanged: before.unchanged + outcomes.unchanged,
    refused: before.refused + outcomes.refused,
    refusedBy: countCodes(
      before.refusedBy,
      codes.filter(([row]) => isRefused(row)),
    ),
    remarks: countCodes(
      before.remarks,
      codes.filter(([row]) => !isRefused(row)),
    ),
  };
};

const countCodes = (
  before: Readonly<Record<string, number>>,
  codes: readonly (readonly [row: string, code: string])[],
): Readonly<Record<string, number>> => {
  const counts = new Map(Object.entries(before));
  for (const [, code] of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries(counts);
};
