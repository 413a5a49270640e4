import type { Refusal } from '#domain/kernel/index';
import type { Import } from './state.ts';

export type ImportRejectionCode =
  | 'import-exists'
  | 'unknown-import'
  | 'rows-out-of-order'
  | 'rows-malformed'
  | 'rows-missing'
  | 'wrong-status'
  | 'import-not-finished'
  | 'nothing-to-undo';
export type ImportRejection = Refusal<ImportRejectionCode>;

export const IMPORT_EXISTS: ImportRejection = {
  code: 'import-exists',
  message: 'This import was queued already, with another file or mapping. Queue another one.',
};
export const UNKNOWN_IMPORT: ImportRejection = {
  code: 'unknown-import',
  message: 'There is no such import. Look up the id among the imports of the account.',
};
export const ROWS_MALFORMED: ImportRejection = {
  code: 'rows-malformed',
  message:
    'Give one outcome (c, u, n or r) and one recipient for each row, and codes of these rows only.',
};
export const IMPORT_NOT_FINISHED: ImportRejection = {
  code: 'import-not-finished',
  message: 'This import is still waiting or being carried out. Undo it once it has ended.',
};
export const NOTHING_TO_UNDO: ImportRejection = {
  code: 'nothing-to-undo',
  message: 'This was a dry run, which changed nobody: there is nothing to undo.',
};
export const rowsOutOfOrder = (processed: number): ImportRejection => ({
  code: 'rows-out-of-order',
  message: `Rows up to ${processed} are recorded. Go on with row ${processed + 1}.`,
});
export const rowsMissing = (processed: number): ImportRejection => ({
  code: 'rows-missing',
  message: `Rows up to ${processed} are recorded. Record the others before the import is completed.`,
});

const NEXT: Readonly<Record<Exclude<Import['status'], 'none'>, string>> = {
  queued: 'Start it first.',
  running: 'Let it finish.',
  completed: 'It stays so: queue another import.',
  failed: 'It stays so: correct the file and queue another import.',
  undoing: 'Let the undo finish, then queue another import.',
  undone: 'It stays so: queue another import.',
};
export const wrongStatus = (status: Import['status']): ImportRejection =>
  status === 'none'
    ? UNKNOWN_IMPORT
    : {
        code: 'wrong-status',
        message: `This cannot be done while the import is ${status}. ${NEXT[status]}`,
      };
