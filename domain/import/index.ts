import type { StreamDefinition } from '#domain/kernel/index';
import { importCodec } from './codec.ts';
import type { ImportCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { ImportEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { ImportRejection } from './rejections.ts';
import { NO_IMPORT, type Import } from './state.ts';

export const importStream: StreamDefinition<ImportCommand, Import, ImportEvent, ImportRejection> = {
  category: 'import',
  initialState: NO_IMPORT,
  evolve,
  decide,
  codec: importCodec,
  subjectOf: (importId) => importId,
};

export type {
  CompleteImport,
  CompleteUndo,
  FailImport,
  ImportCommand,
  QueueImport,
  RecordRows,
  RecordUndo,
  RequestUndo,
  StartImport,
} from './commands.ts';
export {
  IMPORT_FORMATS,
  ROW_OUTCOMES,
  type ImportCompleted,
  type ImportEvent,
  type ImportFailed,
  type ImportFormat,
  type ImportQueued,
  type ImportRowsProcessed,
  type ImportRowsUndone,
  type ImportStarted,
  type ImportUndone,
  type ImportUndoRequested,
  type LeftOfImport,
  type RowOutcome,
} from './events.ts';
export type { ImportRejection, ImportRejectionCode } from './rejections.ts';
export type { Import, ImportStatus, ImportUndoing } from './state.ts';
