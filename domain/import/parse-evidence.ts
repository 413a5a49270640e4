import type { JsonReading } from './json-reading.ts';
import {
  EVIDENCE_COLUMNS,
  EVIDENCE_TEXTS,
  type ClaimedEvidence,
  type EvidenceColumn,
} from './mapping.ts';

/** Evidence that holds for every row, by the names that the API has for it. */
export const evidenceForAll = (reading: JsonReading): ClaimedEvidence => {
  const evidence = reading.object('evidence');
  if (evidence === undefined) return {};
  evidence.only(EVIDENCE_COLUMNS);
  const said: Record<string, string | boolean> = {};
  for (const key of EVIDENCE_TEXTS) {
    const text = evidence.text(key);
    if (text !== undefined) said[key] = text;
  }
  if (evidence.has('noRefusalChecked'))
    said['noRefusalChecked'] = evidence.flag('noRefusalChecked');
  return said;
};

/** Columns that hold evidence of each row. */
export const evidenceColumns = (reading: JsonReading): ReadonlyMap<EvidenceColumn, string> => {
  const columns = new Map<EvidenceColumn, string>();
  const named = reading.object('evidenceColumns');
  if (named === undefined) return columns;
  named.only(EVIDENCE_COLUMNS);
  for (const key of EVIDENCE_COLUMNS) {
    const column = named.text(key);
    if (column !== undefined) columns.set(key, column);
  }
  return columns;
};
