import { firstLawfulDay, lastLawfulDay, type Consent } from '#domain/consent/index';
import type { CivilDate, Instant } from '#domain/kernel/index';
import type { RecipientEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { UNKNOWN, type Recipient } from './state.ts';

/** `undone`: the import that recorded it was taken back. */
export const CONSENT_STATES = ['current', 'expired', 'superseded', 'withdrawn', 'undone'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

/** One permission that was ever recorded of a person, and what became of it. */
export type ConsentRecord = Readonly<{
  consent: Consent;
  /** The first day on which a message may rest on it (C-12); undefined while a relationship lasts. */
  firstDay: CivilDate | undefined;
  /** The last one, inclusive; undefined when there is no end. */
  lastDay: CivilDate | undefined;
  state: ConsentState;
  /** When it was withdrawn, replaced or undone; an expiry is by the day alone. */
  endedAt: Instant | undefined;
  /** The revision of the event that did so. */
  endedBy: number | undefined;
}>;

type Ending = Readonly<{ state: ConsentState; endedAt: Instant; endedBy: number }>;

/**
 * Every consent in a history, the latest first, as it stands on a day (C-29). One that a renewal replaced
 * says so, though it counts for its own time still (C-14).
 */
export const consentRecords = (
  events: readonly RecipientEvent[],
  today: CivilDate,
): readonly ConsentRecord[] => {
  const consents = new Map<number, Consent>();
  const endings = new Map<number, Ending>();
  let state = UNKNOWN;
  for (const event of events) {
    const before = state;
    state = evolve(state, event);
    for (const consent of state.consents) {
      consents.set(consent.revision, consent);
      noteMark(endings, consent, state, event);
    }
    const left = new Set(state.consents.map(({ revision }) => revision));
    for (const { revision } of before.consents) {
      if (!left.has(revision) && !endings.has(revision)) {
        endings.set(revision, endingBy(event, state.revision));
      }
    }
  }
  return [...consents.values()]
    .sort((a, b) => b.revision - a.revision)
    .map((consent) => recordOf(consent, endings.get(consent.revision), today));
};

/** What counts again, as after an undo, has not ended. */
const noteMark = (
  endings: Map<number, Ending>,
  { revision }: Consent,
  { ended, revision: last }: Recipient,
  event: RecipientEvent,
): void => {
  if (ended.get(revision) !== 'superseded') endings.delete(revision);
  else if (!endings.has(revision)) endings.set(revision, endingBy(event, last));
};

const endingBy = (event: RecipientEvent, endedBy: number): Ending => {
  const by = { endedAt: event.data.at, endedBy };
  if (event.type === 'ConsentSuperseded') return { state: 'superseded', ...by };
  return { state: event.type === 'ImportChangesUndone' ? 'undone' : 'withdrawn', ...by };
};

const recordOf = (
  consent: Consent,
  ending: Ending | undefined,
  today: CivilDate,
): ConsentRecord => {
  const lastDay = lastLawfulDay(consent);
  const isOver = lastDay !== undefined && today > lastDay;
  return {
    consent,
    firstDay: firstLawfulDay(consent),
    lastDay,
    state: ending?.state ?? (isOver ? 'expired' : 'current'),
    endedAt: ending?.endedAt,
    endedBy: ending?.endedBy,
  };
};
