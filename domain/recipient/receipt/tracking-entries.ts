import type { RecipientEvent } from '../events.ts';
import { CONSENTED_TRACKING, type TrackingMode } from '../tracking.ts';
import type { EntryState, RecordEntry } from './record-entry.ts';

const needsConsent = (mode: TrackingMode): boolean =>
  CONSENTED_TRACKING.some((each) => each === mode);

/** Everything about following how the person reads (P-18, P-20). */
export const trackingEntries = (events: readonly RecipientEvent[]): readonly RecordEntry[] => {
  const entries: RecordEntry[] = [];
  let mode: TrackingMode = 'aggregate';
  for (const [revision, event] of events.entries()) {
    if (event.type === 'TrackingConsentGiven') {
      ({ mode } = event.data);
      const { date } = event.data;
      endLast(entries, 'superseded');
      entries.push({
        revision,
        state: 'given',
        type: 'express',
        mode,
        firstDay: date,
        standing: 'given',
      });
    }
    if (event.type === 'TrackingConsentWithdrawn') {
      const { date } = event.data;
      const state = turnedDown(mode, event.data.mode);
      ({ mode } = event.data);
      endLast(entries, state === 'given' ? 'superseded' : 'withdrawn');
      entries.push({
        revision,
        state,
        type: state === 'given' ? 'without-consent' : 'express',
        mode,
        firstDay: date,
        ...(state === 'given' && { standing: 'given' as const }),
      });
    }
    if (event.type === 'RecipientErased') mode = 'aggregate';
  }
  return entries;
};

/** Counting without names needs no consent, so turning it off is a refusal, and back on is none. */
const turnedDown = (before: TrackingMode, after: TrackingMode): EntryState => {
  if (needsConsent(before)) return 'withdrawn';
  return after === 'off' ? 'refused' : 'given';
};

const endLast = (entries: RecordEntry[], standing: EntryState): void => {
  const last = entries.at(-1);
  if (last?.standing === 'given') entries[entries.length - 1] = { ...last, standing };
};
