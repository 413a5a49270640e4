import type { BasisRule } from './basis-rule.ts';
import { BASIS_RULES } from './basis-rules.ts';
import { IMPLIED_BASES } from '../consent.ts';
import { EXPRESS_RULE } from './express-rule.ts';
import { ROWS_WITHOUT_BASIS, type RowWithoutBasis } from './rows-without-basis.ts';

export type DecisionRow = (BasisRule & Readonly<{ code: string }>) | RowWithoutBasis;

/** "May we send this message to this person now?": rows 0 to 18 in order; what matches none is denied. */
export const DECISION_TABLE: readonly DecisionRow[] = [
  ...ROWS_WITHOUT_BASIS,
  { code: 'express', ...EXPRESS_RULE },
  ...IMPLIED_BASES.map((basis) => ({ code: basis, ...BASIS_RULES[basis] })),
].sort((a, b) => a.row - b.row);

/** Can a message to a list rest on the row? */
export const isBasis = (row: DecisionRow): row is BasisRule & Readonly<{ code: string }> =>
  'clock' in row;
