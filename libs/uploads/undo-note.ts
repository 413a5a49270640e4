import { ImportId } from '#domain/kernel/index';

const PREFIX = 'undo_';

/** Name of the note that an undo of the import waits; it stands among the uploads until the undo is done. */
export const undoNote = (importId: ImportId): string => `${PREFIX}${importId}`;

/** The import whose undo a note is about; undefined for a name that is no such note. */
export const importOfUndoNote = (name: string): ImportId | undefined => {
  const id = name.slice(PREFIX.length);
  return name.startsWith(PREFIX) && ImportId.is(id) ? id : undefined;
};
