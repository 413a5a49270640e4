import { sameJson, type ImportId, type Metadata, type Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { UNKNOWN, type Recipient } from '../state.ts';
import { aspectsOf, CONSENT, LIST, type Aspects } from './aspects.ts';

/** One change of one aspect, and what it was before. */
export type Touch = Readonly<{
  /** The import that made it; undefined for everybody else. */
  importId: ImportId | undefined;
  type: RecipientEvent['type'];
  before: unknown;
}>;

/** A recipient's history, read for who changed what. */
export type History = Readonly<{
  state: Recipient;
  aspects: Aspects;
  /** By aspect, oldest first. Those of an undone import are no longer among them. */
  touches: ReadonlyMap<string, readonly Touch[]>;
  /** How everything stood before the person became known. */
  beforeKnown: Aspects;
  /** The last event that is of no import's making, or of another's. */
  lastNotOf: (importId: ImportId) => RecipientEvent['type'] | undefined;
}>;

export const readHistory = (history: readonly Recorded<RecipientEvent>[]): History => {
  const touches = new Map<string, Touch[]>();
  let state = UNKNOWN;
  let aspects = aspectsOf(state);
  let beforeKnown = aspects;
  for (const recorded of history) {
    const { event } = recorded;
    const next = evolve(state, event);
    const after = aspectsOf(next);
    const changed = changedBetween(aspects, after);
    if (event.type === 'ImportChangesUndone') forgetImport(touches, event.data.importId);
    else {
      const touch = { importId: importBehind(recorded), type: event.type };
      for (const name of new Set([...changed, ...saidAgain(recorded, touches)])) {
        const before = touches.get(name) ?? [];
        // A lapse is nobody's act: it follows from what is on record.
        const by = event.type === 'ConsentExpired' ? { importId: before.at(-1)?.importId } : {};
        touches.set(name, [...before, { ...touch, ...by, before: aspects.get(name) }]);
      }
    }
    if (!state.known && next.known) beforeKnown = aspects;
    state = next;
    aspects = after;
  }
  const lastNotOf = (importId: ImportId): RecipientEvent['type'] | undefined =>
    history.findLast((each) => importBehind(each) !== importId && !isUndoOf(each, importId))?.event
      .type;
  return { state, aspects, touches, beforeKnown, lastNotOf };
};

const changedBetween = (before: Aspects, after: Aspects): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => !sameJson(before.get(name), after.get(name)),
  );

/**
 * The import that an event comes from. A suppression of an import that does not say so in its data counts as
 * the person's own: somebody may have said the same afterwards, and nothing was recorded of that.
 */
const importBehind = ({ event, metadata }: Recorded<RecipientEvent>): ImportId | undefined => {
  const isSuppression =
    event.type === 'RecipientUnsubscribed' || event.type === 'AddressInvalidated';
  return isSuppression ? event.data.statedBy : metadata.evidence?.importId;
};

export const isUndoOf = ({ event }: Recorded<RecipientEvent>, importId: ImportId): boolean =>
  event.type === 'ImportChangesUndone' && event.data.importId === importId;

/** What follows on a change of an undone import follows on what was there before it. */
const forgetImport = (touches: Map<string, Touch[]>, importId: ImportId): void => {
  for (const [name, all] of touches) {
    const remaining: Touch[] = [];
    let taken: Touch | undefined;
    for (const touch of all) {
      if (touch.importId === importId) taken ??= touch;
      else {
        remaining.push(taken === undefined ? touch : { ...touch, before: taken.before });
        taken = undefined;
      }
    }
    touches.set(name, remaining);
  }
};

/**
 * What an event says that was so already, and is therefore no change. Whoever refuses says of everything that
 * allowed writing that it is over; a person who subscribes says so of the lists they are on, too.
 */
const saidAgain = (
  { event, metadata }: Recorded<RecipientEvent>,
  touches: ReadonlyMap<string, unknown>,
): readonly string[] => {
  const names = [...touches.keys()];
  if (isByPerson(metadata) && SUBSCRIBING.has(event.type)) {
    return names.filter((name) => name.startsWith(LIST));
  }
  const refusesAll =
    event.type === 'ComplaintRecorded' ||
    (event.type === 'RecipientUnsubscribed' && event.data.scope === 'all');
  if (!refusesAll && !ENDING_CONSENTS.has(event.type)) return [];
  return names.filter(
    (name) =>
      name.startsWith(CONSENT) ||
      ENDED_BY_REFUSING.has(name) ||
      (refusesAll && name.startsWith(LIST)),
  );
};

/** The address that works again needs new consents, too (P-07). */
const ENDING_CONSENTS = new Set<RecipientEvent['type']>(['ConsentWithdrawn', 'InvalidityCleared']);

const isByPerson = ({ actor, channel }: Metadata): boolean =>
  actor.kind === 'recipient' || channel === 'form';

const SUBSCRIBING = new Set<RecipientEvent['type']>([
  'RecipientSubscribed',
  'ListsJoined',
  'SubscriptionConfirmed',
  'ExpressConsentGiven',
]);

const ENDED_BY_REFUSING = new Set(['unsubscribed', 'withdrawnOn', 'pending', 'confirmedRequest']);
