import {
  firstLawfulDay,
  lastLawfulDay,
  type Consent,
  type ConsentGrant,
} from '#domain/consent/index';
import type { CivilDate, Instant } from '#domain/kernel/index';
import type { RecipientEvent } from './events.ts';

export const CONSENT_STATES = ['current', 'expired', 'superseded', 'withdrawn'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** One permission that was ever recorded of a person, and what became of it. */
export type ConsentRecord = Readonly<{
  consent: Consent;
  /** The first day on which a message may rest on it (C-12). */
  firstDay: CivilDate;
  /** The last one, inclusive; undefined when there is no end. */
  lastDay: CivilDate | undefined;
  state: ConsentState;
  /** When it was withdrawn or replaced; an expiry is by the day alone. */
  endedAt: Instant | undefined;
}>;

/**
 * Every consent in a history, the latest first, as it stands on a day (C-29). One that a renewal replaced
 * says so, though it counts for its own time still (C-14).
 */
export const consentRecords = (
  events: readonly RecipientEvent[],
  today: CivilDate,
): readonly ConsentRecord[] => {
  const records = new Map<number, ConsentRecord>();
  events.forEach((event, revision) => {
    const consent = consentIn(event, revision);
    if (consent !== undefined) records.set(revision, recordOf(consent, today));
    else if (event.type === 'ConsentSuperseded') {
      end(records, event.data.revision, 'superseded', event.data.at);
    } else if (endsAll(event)) {
      for (const each of records.keys()) end(records, each, 'withdrawn', event.data.at);
    }
  });
  return [...records.values()].reverse();
};

const consentIn = (event: RecipientEvent, revision: number): Consent | undefined => {
  if (event.type === 'ExpressConsentGiven') {
    return { kind: 'express', date: event.data.date, revision };
  }
  if (event.type !== 'ImpliedConsentRecorded') return undefined;
  const { basis, date, expiresOn } = event.data;
  const end = expiresOn === undefined ? {} : { expiresOn };
  return { kind: 'implied', basis, date, ...end, revision };
};

const recordOf = (consent: Consent & ConsentGrant, today: CivilDate): ConsentRecord => {
  const lastDay = lastLawfulDay(consent);
  const isOver = lastDay !== undefined && today > lastDay;
  return {
    consent,
    firstDay: firstLawfulDay(consent),
    lastDay,
    state: isOver ? 'expired' : 'current',
    endedAt: undefined,
  };
};

const endsAll = (event: RecipientEvent): boolean =>
  event.type === 'ConsentWithdrawn' ||
  event.type === 'ComplaintRecorded' ||
  event.type === 'InvalidityCleared' ||
  event.type === 'RecipientErased' ||
  (event.type === 'RecipientUnsubscribed' && event.data.scope === 'all');

/** What has been withdrawn or replaced is not so twice. */
const end = (
  records: Map<number, ConsentRecord>,
  revision: number,
  state: 'superseded' | 'withdrawn',
  endedAt: Instant,
): void => {
  const record = records.get(revision);
  if (record === undefined || record.endedAt !== undefined) return;
  records.set(revision, { ...record, state, endedAt });
};
