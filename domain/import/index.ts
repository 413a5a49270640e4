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
  FailImport,
  ImportCommand,
  QueueImport,
  RecordRows,
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
  type ImportStarted,
  type RowOutcome,
} from './events.ts';
export type { ImportRejection, ImportRejectionCode } from './rejections.ts';
export type { Import, ImportStatus } from './state.ts';
