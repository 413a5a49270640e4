import type { CivilDate } from '#domain/kernel/index';
import type { RecipientEvent } from '../events.ts';
import { permissionEntries } from './permission-entries.ts';
import { privacyEntries } from './privacy-entries.ts';
import { isGiven, type ReceiptRecord, type RecordEntry, type RecordName } from './record-entry.ts';
import { trackingEntries } from './tracking-entries.ts';

export type ReceiptRecords = Readonly<Record<RecordName, ReceiptRecord>>;

/**
 * What a consent receipt tells of a person, as it stands on a day (P-15, P-16, CON-7). What came before an
 * erasure is not told: it was about somebody whom nobody can name any more.
 */
export const receiptRecords = (
  events: readonly RecipientEvent[],
  today: CivilDate,
): ReceiptRecords => {
  const erasure = events.findLastIndex(({ type }) => type === 'RecipientErased');
  const record = (entries: readonly RecordEntry[]): ReceiptRecord => {
    const told = entries.filter(({ revision }) => revision > erasure);
    return { state: stateOf(told), entries: told };
  };
  return {
    'permission-to-send': record(permissionEntries(events, today)),
    'privacy-basis': record(privacyEntries(events)),
    tracking: record(trackingEntries(events)),
  };
};

/**
 * What is in force, the express before the implied; else what was said last. To leave one list is no word on
 * the others.
 */
const stateOf = (entries: readonly RecordEntry[]): ReceiptRecord['state'] => {
  const inForce = entries.filter((entry) => isGiven(entry) && entry.standing === entry.state);
  const last =
    inForce.findLast(({ type }) => type === 'express') ??
    inForce.at(-1) ??
    entries.findLast(({ listIds }) => listIds === undefined);
  return last?.standing ?? last?.state ?? 'none';
};
