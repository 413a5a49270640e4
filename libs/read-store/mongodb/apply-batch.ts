import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import { isDuplicateKey } from '#libs/mongodb/index';
import { idsIn, merge, type Draft, type Fields } from '../draft.ts';
import { checkIndexable, type IndexedFields } from '../indexed-fields.ts';
import type { Batch } from '../port.ts';
import type { Derive } from '../projection.ts';
import { documentIn, liveState, type StoredDocument } from './stored-document.ts';

type StoredDraft = Draft & Readonly<{ isStored: boolean }>;

/** How a generation's documents are kept. */
export type Keeping = Readonly<{ fields: IndexedFields; derive: Derive | undefined }>;

const UPSERT_ATTEMPTS = 5;

const draftsOf = async (
  documents: Collection<StoredDocument>,
  ids: ReadonlySet<string>,
): Promise<ReadonlyMap<string, StoredDraft>> => {
  const drafts = new Map<string, StoredDraft>();
  const untouched = { entry: -1, changed: false };
  for (const id of ids) {
    drafts.set(id, { id, isStored: false, document: undefined, position: '', ...untouched });
  }
  for (const stored of await documents.find({ _id: { $in: [...ids] } }).toArray()) {
    const { _id: id, state } = stored;
    const document = documentIn(stored) as Fields | undefined;
    drafts.set(id, { id, isStored: true, document, position: state.position, ...untouched });
  }
  return drafts;
};

const upsertedIn = (batch: Batch): ReadonlySet<string> =>
  new Set(
    batch.changes.flatMap(({ changes }) =>
      changes.filter(({ op }) => op === 'upsert').map(({ id }) => id),
    ),
  );

/** What the changed documents are from now on. */
const storedOf = (
  changed: readonly StoredDraft[],
  batch: Batch,
  { fields }: Keeping,
): readonly Readonly<{ stored: StoredDocument; isNew: boolean }>[] => {
  const deletedAt = new Date();
  const upserted = upsertedIn(batch);
  return changed.flatMap(({ id, document, position, isStored }) => {
    if (document !== undefined) {
      checkIndexable(document, fields);
      return [{ stored: { _id: id, state: liveState(document, position) }, isNew: !isStored }];
    }
    // Where there never was a document, nobody can come late with one.
    if (!isStored && !upserted.has(id)) return [];
    return [{ stored: { _id: id, state: { position, deletedAt } }, isNew: !isStored }];
  });
};

/** Of what is stored and what is given, the state that has seen more of the log stays. */
const keepLatest = ({ _id, state }: StoredDocument): AnyBulkWriteOperation<StoredDocument> => ({
  updateOne: { filter: { _id }, update: { $max: { state } }, upsert: true },
});

const upsert = async (
  documents: Collection<StoredDocument>,
  changed: readonly StoredDocument[],
): Promise<void> => {
  if (changed.length === 0) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Each document once, so that their order does not matter.
      await documents.bulkWrite(changed.map(keepLatest), { ordered: false });
      return;
    } catch (error) {
      // Of two who make one document at once, one is told that it exists: then it is there to be changed.
      if (!isDuplicateKey(error) || attempt === UPSERT_ATTEMPTS) throw error;
    }
  }
};

const insert = async (
  documents: Collection<StoredDocument>,
  added: readonly StoredDocument[],
): Promise<void> => {
  if (added.length === 0) return;
  try {
    await documents.insertMany(added, { ordered: false });
  } catch (error) {
    // A batch before was interrupted, or another process was faster.
    if (!isDuplicateKey(error)) throw error;
    await upsert(documents, added);
  }
};

export type PreparedBatch = Readonly<{
  /** It leaves positions of what it deletes. */
  deletes: boolean;
  write: () => Promise<void>;
}>;

/**
 * Reads the documents of a batch and merges its changes into them, in memory; `write` then stores each document
 * once. A document's state follows from its position alone, as every change up to there is in it: so a repeat, or
 * another process that does the same, can only write what is there already, or less, which `$max` refuses.
 * Throws `TypeError`, before anything is written, where the changes do not fit the documents.
 */
export const prepareBatch = async (
  documents: Collection<StoredDocument>,
  keeping: Keeping,
  batch: Batch,
): Promise<PreparedBatch> => {
  const ids = idsIn(batch);
  if (ids.size === 0) return { deletes: false, write: () => Promise.resolve() };
  const changed = merge(batch, await draftsOf(documents, ids), keeping.derive);
  const all = storedOf(changed, batch, keeping);
  const added = all.filter(({ isNew }) => isNew).map(({ stored }) => stored);
  const replaced = all.filter(({ isNew }) => !isNew).map(({ stored }) => stored);
  return {
    deletes: all.some(({ stored }) => 'deletedAt' in stored.state),
    write: async () => {
      await Promise.all([insert(documents, added), upsert(documents, replaced)]);
    },
  };
};
