import type { Db } from 'mongodb';
import { isDuplicateKey } from './duplicate-key.ts';
import { MongoUnavailable } from './mongo-unavailable.ts';

/** The collection of what is noted of the database itself. */
const NOTES = 'attesta';
const FORMAT = 1;

type FormatNote = { _id: 'format'; version: number; unfinished?: string };

const notes = (database: Db) => database.collection<FormatNote>(NOTES);

const noteIn = (database: Db): Promise<FormatNote | null> =>
  notes(database).findOne({ _id: 'format' });

/**
 * Marks a new database as this program's, and refuses one that is not, that a later version wrote, or that was left
 * incomplete. Throws `MongoUnavailable`. Several processes may open a new database at once.
 */
export const checkFormat = async (
  database: Db,
  place: string,
  evenUnfinished: boolean,
): Promise<void> => {
  const note = (await noteIn(database)) ?? (await markNew(database, place));
  if (note.version > FORMAT) {
    throw new MongoUnavailable(
      'newer-version',
      `The database ${place} was written by a newer version of this program. Run that version, or restore a backup made by this one.`,
    );
  }
  if (note.unfinished !== undefined && !evenUnfinished) {
    throw new MongoUnavailable(
      'half-created',
      `The database ${place} is incomplete: ${note.unfinished} was interrupted. Run it again to the end, or drop the database and start anew.`,
    );
  }
};

const markNew = async (database: Db, place: string): Promise<FormatNote> => {
  const others = await database.listCollections({}, { nameOnly: true }).toArray();
  // Looked for again: another process may have marked it, and gone on, in between.
  const known = await noteIn(database);
  if (known !== null) return known;
  if (others.some(({ name }) => name !== NOTES && !name.startsWith('system.'))) {
    throw new MongoUnavailable(
      'half-created',
      `The database ${place} holds collections, but not the note that this program makes first. Restore its backup completely, or name an empty database in ATTESTA_MONGODB_URL.`,
    );
  }
  const note: FormatNote = { _id: 'format', version: FORMAT };
  try {
    await notes(database).insertOne(note);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return note;
};

/**
 * Before work that leaves the database incomplete when interrupted, such as a copy; `what` begins a sentence.
 * Until `noteFinished`, the database is refused when it is opened.
 */
export const noteUnfinished = async (database: Db, what: string): Promise<void> => {
  await notes(database).updateOne({ _id: 'format' }, { $set: { unfinished: what } });
};

/** The work that `noteUnfinished` announced is done: the database may be opened by all. */
export const noteFinished = async (database: Db): Promise<void> => {
  await notes(database).updateOne({ _id: 'format' }, { $unset: { unfinished: '' } });
};
