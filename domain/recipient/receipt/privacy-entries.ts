import type { PrivacyBasisKind } from '#domain/consent/index';
import type { RecipientEvent } from '../events.ts';
import { isGiven, type EntryState, type EntryType, type RecordEntry } from './record-entry.ts';

const typeOf = (kind: PrivacyBasisKind): EntryType =>
  kind === 'express' ? 'express' : 'without-consent';

/** Everything about the basis to use the person's data (P-01). One at a time is in force. */
export const privacyEntries = (events: readonly RecipientEvent[]): readonly RecordEntry[] => {
  const entries: RecordEntry[] = [];
  for (const [revision, event] of events.entries()) {
    if (event.type === 'PrivacyBasisRecorded') {
      const { kind } = event.data;
      endCurrent(entries, 'superseded');
      entries.push({
        revision,
        state: 'given',
        type: typeOf(kind),
        basis: kind,
        standing: 'given',
      });
    }
    if (event.type === 'ImportChangesUndone' && event.data.privacyBasis !== undefined) {
      entries.push(...undone(entries, revision, event.data.privacyBasis));
    }
    if (event.type === 'RecipientErased') endCurrent(entries, 'invalidated');
  }
  return entries;
};

/** An undone import leaves the basis of before it, or none. */
const undone = (
  entries: RecordEntry[],
  revision: number,
  restored: Readonly<{ kind: PrivacyBasisKind; revision: number }> | null,
): readonly RecordEntry[] => {
  const ended = endCurrent(entries, 'invalidated');
  const fallen = ended.map(({ type, basis, revision: about }): RecordEntry => ({
    revision,
    state: 'invalidated',
    type,
    ...(basis !== undefined && { basis }),
    about: [about],
  }));
  if (restored === null) return fallen;
  const { kind } = restored;
  const back: RecordEntry = {
    revision,
    state: 'given',
    type: typeOf(kind),
    basis: kind,
    about: [restored.revision],
    standing: 'given',
  };
  return [...fallen, back];
};

/** Marks what is in force as ended; says what that was. */
const endCurrent = (entries: RecordEntry[], standing: EntryState): readonly RecordEntry[] => {
  const place = entries.findLastIndex((entry) => isGiven(entry) && entry.standing === 'given');
  const current = entries[place];
  if (current === undefined) return [];
  entries[place] = { ...current, standing };
  return [current];
};
