import type { JsonValue, Position } from '#domain/kernel/index';
import type { Change, Document } from './change.ts';
import { interpret } from './interpret.ts';
import type { Batch } from './port.ts';
import type { Derive } from './projection.ts';

export type Fields = Record<string, JsonValue | undefined>;

/** A document while a batch is merged into it, in memory. */
export type Draft = {
  readonly id: string;
  /** Undefined while there is no document. */
  document: Fields | undefined;
  position: string;
  /** Which entry of the batch wrote last: the changes of one event share its position. */
  entry: number;
  changed: boolean;
};

const applyTo = (draft: Draft, change: Change, position: Position, entry: number): void => {
  if (draft.entry !== entry && position <= draft.position) return;
  draft.entry = entry;
  draft.position = position;
  draft.changed = true;
  if (change.op === 'delete') {
    draft.document = undefined;
    return;
  }
  draft.document ??= newDocument(change.id);
  interpret(draft.document, change);
};

/** V8 keeps more fields close together in what began as `{}`; a document of many is written to JSON in half the time. */
const newDocument = (id: string): Fields => {
  const document: Fields = {};
  document['id'] = id;
  return document;
};

/** Ids of all documents that the changes of a batch touch. */
export const idsIn = (batch: Batch): ReadonlySet<string> =>
  new Set(batch.changes.flatMap(({ changes }) => changes.map(({ id }) => id)));

/**
 * Merges the changes of a batch into the drafts of its documents; those at or before a draft's position are
 * skipped. Returns the drafts that changed. Throws `TypeError` where the changes do not fit the documents.
 */
export const merge = <D extends Draft>(
  batch: Batch,
  drafts: ReadonlyMap<string, D>,
  derive: Derive | undefined,
): D[] => {
  for (const [entry, { position, changes }] of batch.changes.entries()) {
    for (const change of changes) {
      const draft = drafts.get(change.id);
      if (draft !== undefined) applyTo(draft, change, position, entry);
    }
  }
  const changed = [...drafts.values()].filter((draft) => draft.changed);
  for (const { document } of changed) if (document !== undefined) addDerived(document, derive);
  return changed;
};

const addDerived = (document: Fields, derive: Derive | undefined): void => {
  const derived = derive?.(document as Document);
  for (const name in derived) {
    const value = derived[name];
    if (value === undefined) Reflect.deleteProperty(document, name);
    else document[name] = value;
  }
};

/**
 * What a batch has beyond the checkpoint. An owner that lost its lease unawares comes late, and a document that
 * was deleted since has no position left that would refuse its changes.
 */
export const unseen = (batch: Batch, checkpoint: Position | undefined): Batch => {
  if (checkpoint === undefined) return batch;
  const changes = batch.changes.filter(({ position }) => position > checkpoint);
  return { ...batch, changes };
};
