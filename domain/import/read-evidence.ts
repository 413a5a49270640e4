import type { ColumnPlan } from './column-plan.ts';
import type { ClaimedEvidence } from './mapping.ts';

const YES = /^(true|yes|oui|vrai|1|x)$/i;

/** What the cells of a row show of a basis. A blank cell shows nothing; that nothing refused has to be said. */
export const readEvidence = (
  cells: readonly string[],
  columns: ColumnPlan['evidence'],
): ClaimedEvidence | undefined => {
  if (columns.length === 0) return undefined;
  const shown: Record<string, string | boolean> = {};
  for (const { key, place } of columns) {
    const text = (cells[place] ?? '').trim();
    if (text === '') continue;
    if (key !== 'noRefusalChecked') shown[key] = text;
    else if (YES.test(text)) shown[key] = true;
  }
  return shown;
};
