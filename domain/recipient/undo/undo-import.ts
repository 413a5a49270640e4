import { sameJson, type ImportId, type Instant, type Recorded } from '#domain/kernel/index';
import type { ImportChangesUndone, RecipientEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { UNKNOWN } from '../state.ts';
import { CONSENT, KNOWN, LIST } from './aspects.ts';
import { undoneEvent } from './undone-event.ts';
import { isUndoOf, readHistory, type History, type Touch } from './touches.ts';

/** Something that an import changed and that an undo leaves as it is. */
export type LeftThing = Readonly<{
  /**
   * `recipient` (that the person is known), `language`, `jurisdiction`, `privacyBasis`, `consent`,
   * `unsubscribed`, `invalid`, `pending`, `fields.<key>` or `lists.<id>`.
   */
  what: string;
  why: 'changed-since' | 'erased';
  /** What happened since. */
  event?: RecipientEvent['type'];
}>;

/** What an undo of one import does to one recipient. */
export type ImportUndo = Readonly<{
  /**
   * One event; none where the import changed nothing, where the person is erased, or where it was recorded
   * before. It is recorded even where everything is left, so that no later undo brings the import back.
   */
  events: readonly ImportChangesUndone[];
  left: readonly LeftThing[];
  /** Whether something is changed back. */
  compensates: boolean;
}>;

/** Values that an undo sets again; undefined for what there was not. */
type Restored = Map<string, unknown>;

/**
 * Takes back what an import changed in one recipient's history and nobody changed since: each thing by
 * itself (a field, a list, a consent, the language …) becomes what it was before that import. What anybody
 * else changed since is left and named. A suppression goes only if this import alone says so; a refusal by
 * the person, or by another import, stays with everything that it ended. Pure: the same history gives the
 * same answer, and a second undo gives no event. The ledger keeps all that happened (LED-1).
 */
export const undoImport = (
  history: readonly Recorded<RecipientEvent>[],
  importId: ImportId,
  at: Instant,
): ImportUndo => {
  const first = history.findIndex(({ metadata }) => metadata.evidence?.importId === importId);
  const undone = history.findIndex((each) => isUndoOf(each, importId));
  // Interrupted right after this recipient: what was left then is told again.
  if (undone !== -1) {
    return { ...undoImport(history.slice(0, undone), importId, at), events: [] };
  }
  if (first === -1) return { events: [], left: [], compensates: false };
  if (isOfErased(history, first)) {
    return { events: [], left: [{ what: KNOWN, why: 'erased' }], compensates: false };
  }
  const read = readHistory(history);
  const { restored, left } = restorable(read, importId);
  const known = forgetting(read, restored, importId);
  return {
    events: [undoneEvent(restored, { importId, at, forgotten: known.forgotten })],
    left: distinctThings([...left, ...known.left]),
    compensates: known.forgotten || restored.size > 0,
  };
};

/** Erased when the import came, or since: what it said of them went with their key, or was a refusal. */
const isOfErased = (history: readonly Recorded<RecipientEvent>[], first: number): boolean => {
  const before = history.slice(0, first).map(({ event }) => event);
  const wasErased = before.reduce(evolve, UNKNOWN).erased !== undefined;
  return wasErased || history.slice(first).some(({ event }) => event.type === 'RecipientErased');
};

const restorable = (
  { aspects, touches }: History,
  importId: ImportId,
): { restored: Restored; left: readonly LeftThing[] } => {
  const restored: Restored = new Map();
  const left: LeftThing[] = [];
  for (const [name, all] of touches) {
    const first = all.find((touch) => touch.importId === importId);
    if (first === undefined) continue;
    const last = all.at(-1);
    if (last === undefined || last.importId === importId) {
      const { before } = firstOfLastRun(all, importId) ?? first;
      if (!sameJson(before, aspects.get(name))) restored.set(name, before);
    } else if (!saysTheSame(name, first.before, aspects.get(name))) {
      left.push({ what: nameOf(name), why: 'changed-since', event: last.type });
    }
  }
  return { restored, left };
};

/** Of the changes at the end that this import made one after the other, the first. */
const firstOfLastRun = (touches: readonly Touch[], importId: ImportId): Touch | undefined =>
  touches[touches.findLastIndex((touch) => touch.importId !== importId) + 1];

/** Being on a list is the same whoever put one there. */
const saysTheSame = (name: string, a: unknown, b: unknown): boolean =>
  name.startsWith(LIST) ? statusOf(a) === statusOf(b) : sameJson(a, b);

const statusOf = (membership: unknown): unknown =>
  (membership as { readonly status?: unknown } | undefined)?.status;

const INTERNAL: Readonly<Record<string, string>> = {
  withdrawnOn: 'consent',
  confirmedRequest: 'pending',
  rejectedClaims: 'consent',
};

const nameOf = (name: string): string =>
  name.startsWith(CONSENT) ? 'consent' : (INTERNAL[name] ?? name);

/**
 * Somebody whom the import brought in is not known any more, when nothing else is left of them. Otherwise
 * their address stays, and the language that they are written to in.
 */
const forgetting = (
  read: History,
  restored: Restored,
  importId: ImportId,
): { forgotten: boolean; left: readonly LeftThing[] } => {
  const known = read.touches.get(KNOWN)?.findLast((touch) => touch.before === undefined);
  const isNewcomer = known?.importId === importId;
  if (!isNewcomer || !read.state.known) return { forgotten: false, left: [] };
  const isForgotten =
    restored.has(KNOWN) && !isLanguageKept(read, importId) && isAsBefore(read, restored);
  for (const name of [KNOWN, 'language']) restored.delete(name);
  if (isForgotten) return { forgotten: true, left: [] };
  const event = read.lastNotOf(importId);
  return {
    forgotten: false,
    left: [{ what: KNOWN, why: 'changed-since', ...(event !== undefined && { event }) }],
  };
};

/** Somebody else has chosen it since. */
const isLanguageKept = ({ touches }: History, importId: ImportId): boolean => {
  const language = touches.get('language')?.at(-1);
  return language !== undefined && language.importId !== importId;
};

/** Whether nothing is left, beside address and language, but what there was before the person became known. */
const isAsBefore = ({ aspects, beforeKnown }: History, restored: Restored): boolean =>
  [...new Map([...aspects, ...restored])].every(
    ([name, value]) =>
      value === undefined || name === KNOWN || name === 'language' || beforeKnown.has(name),
  );

const distinctThings = (things: readonly LeftThing[]): readonly LeftThing[] => [
  ...new Map(things.map((thing) => [thing.what, thing])).values(),
];
