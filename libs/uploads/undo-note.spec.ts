import { expect, it } from '@jest/globals';
import { ImportId } from '#domain/kernel/index';
import { importOfUndoNote, undoNote } from './undo-note.ts';

it('a note of an undo names its import, and nothing else is taken for one', () => {
  const importId = ImportId.parse('imp_01jd0000000000000000000001');
  expect(importOfUndoNote(undoNote(importId))).toBe(importId);
  for (const name of [importId, 'undo_', 'undo_imp_1']) {
    expect(importOfUndoNote(name)).toBeUndefined();
  }
});
