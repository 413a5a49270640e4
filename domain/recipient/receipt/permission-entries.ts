import type { CivilDate } from '#domain/kernel/index';
import { consentRecords, type ConsentRecord } from '../consent-records.ts';
import type { ImportChangesUndone, RecipientEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { UNKNOWN, type Recipient } from '../state.ts';
import type { EntryState, EntryType, RecordEntry } from './record-entry.ts';

/** What an entry is made of: the event, its place, and the consents that ended with it. */
type Occasion = Readonly<{
  event: RecipientEvent;
  revision: number;
  before: Recipient;
  ended: readonly number[];
}>;
type Records = ReadonlyMap<number, ConsentRecord>;

/** Everything about the permission to send, in the order it was recorded; the dates as they stand on a day. */
export const permissionEntries = (
  events: readonly RecipientEvent[],
  today: CivilDate,
): readonly RecordEntry[] => {
  const records = new Map(
    consentRecords(events, today).map((record) => [record.consent.revision, record]),
  );
  const entries: RecordEntry[] = [];
  let state = UNKNOWN;
  for (const [revision, event] of events.entries()) {
    const before = state;
    state = evolve(state, event);
    const kept = new Set(state.consents.map((consent) => consent.revision));
    const ended = before.consents.map((consent) => consent.revision).filter((it) => !kept.has(it));
    entries.push(...entriesOf({ event, revision, before, ended }, records));
  }
  return entries.map((entry) => settled(entry, entries));
};

/** What ended without being replaced stands as the entry says that ended it. */
const settled = (entry: RecordEntry, all: readonly RecordEntry[]): RecordEntry => {
  if (entry.standing !== 'withdrawn') return entry;
  const end = all.findLast(({ about }) => about?.includes(entry.revision));
  return end?.state === 'invalidated' ? { ...entry, standing: 'invalidated' } : entry;
};

const entriesOf = (occasion: Occasion, records: Records): readonly RecordEntry[] => {
  const { event, revision } = occasion;
  switch (event.type) {
    case 'RecipientSubscribed':
    case 'ListsJoined':
      return event.data.consentOnConfirmation === true
        ? [{ revision, state: 'requested', type: 'express' }]
        : [];
    case 'ExpressConsentGiven':
      return [
        given(occasion, event.data.confirmedAt === undefined ? 'given' : 'confirmed', records),
      ];
    case 'ImpliedConsentRecorded':
      return [given(occasion, 'given', records)];
    case 'ConsentSuperseded':
    case 'ConsentExpired':
      return [{ ...endOf(event.data, event.type), revision }];
    case 'ConsentClaimRejected': {
      const { kind, basis, code } = event.data;
      const based = basis === undefined ? {} : { basis };
      return [{ revision, state: 'invalidated', type: kind, ...based, code }];
    }
    case 'ConsentRequested': {
      const { lastDay } = event.data;
      return [{ revision, state: 'requested', type: 'express', lastDay }];
    }
    case 'ConsentRefused':
      return [{ revision, state: 'refused', type: 'express', firstDay: event.data.date }];
    case 'ConsentWithdrawn':
    case 'ComplaintRecorded':
      return [ending(occasion, 'withdrawn', event.data.date)];
    case 'RecipientUnsubscribed': {
      const { scope, date } = event.data;
      if (scope === 'all') return [ending(occasion, 'withdrawn', date)];
      return scope.length === 0 ? [] : [{ ...ending(occasion, 'withdrawn', date), listIds: scope }];
    }
    case 'InvalidityCleared':
      return occasion.ended.length === 0 ? [] : [ending(occasion, 'invalidated')];
    case 'ImportChangesUndone':
      return undone(occasion, event);
    default:
      return [];
  }
};

type Ended = Extract<RecipientEvent, { type: 'ConsentSuperseded' | 'ConsentExpired' }>;

const endOf = (data: Ended['data'], type: Ended['type']): Omit<RecordEntry, 'revision'> => ({
  state: type === 'ConsentExpired' ? 'expired' : 'superseded',
  type: 'implied',
  basis: data.basis,
  about: [data.revision],
  ...('lastDay' in data && { lastDay: data.lastDay }),
});

const given = (
  { revision }: Occasion,
  state: 'given' | 'confirmed',
  records: Records,
): RecordEntry => {
  const record = records.get(revision);
  if (record === undefined) throw new Error('A consent without its record.');
  const { consent, firstDay, lastDay } = record;
  return {
    revision,
    state,
    type: consent.kind,
    ...(consent.kind === 'implied' && { basis: consent.basis }),
    date: consent.date,
    ...(firstDay !== undefined && { firstDay }),
    ...(lastDay !== undefined && { lastDay }),
    standing: standingOf(record, state),
  };
};

const standingOf = ({ state }: ConsentRecord, given: 'given' | 'confirmed'): EntryState => {
  if (state === 'current') return given;
  return state === 'undone' ? 'invalidated' : state;
};

/** An entry about whatever was in force: an act that ends nothing is express all the same. */
const ending = (
  { revision, before, ended }: Occasion,
  state: 'withdrawn' | 'invalidated',
  firstDay?: CivilDate,
): RecordEntry => ({
  revision,
  state,
  type: typeOf(before, ended),
  ...(firstDay !== undefined && { firstDay }),
  ...(ended.length > 0 && { about: ended }),
});

const typeOf = ({ consents }: Recipient, ended: readonly number[]): EntryType => {
  const kinds = consents.filter(({ revision }) => ended.includes(revision));
  return kinds.length > 0 && kinds.every(({ kind }) => kind === 'implied') ? 'implied' : 'express';
};

/** What the import had given falls, and what it had ended is there again. */
const undone = (occasion: Occasion, { data }: ImportChangesUndone): readonly RecordEntry[] => {
  const { revision, ended } = occasion;
  const revived = data.consentsRevived ?? [];
  const back = revived.map(({ consent }): RecordEntry => ({
    revision,
    state: 'given',
    type: consent.kind,
    ...(consent.kind === 'implied' && { basis: consent.basis }),
    about: [consent.revision],
  }));
  return [...(ended.length === 0 ? [] : [ending(occasion, 'invalidated')]), ...back];
};
