import type { Instant } from '#domain/kernel/index';
import type { ImportQueued, ImportRowsProcessed, ImportRowsUndone } from './events.ts';

type At = Readonly<{ now: Instant }>;
export type QueueImport = At &
  Readonly<{
    type: 'QueueImport';
    data: Omit<ImportQueued['data'], 'at'>;
    personal: ImportQueued['personal'];
  }>;
export type StartImport = At & Readonly<{ type: 'StartImport'; unmapped: readonly string[] }>;
export type RecordRows = At &
  Readonly<{ type: 'RecordRows'; rows: Omit<ImportRowsProcessed['data'], 'at'> }>;
export type CompleteImport = At & Readonly<{ type: 'CompleteImport'; rows: number }>;
export type FailImport = At &
  Readonly<{ type: 'FailImport'; code: string; message: string; row?: number }>;
export type RequestUndo = At & Readonly<{ type: 'RequestUndo' }>;
export type RecordUndo = At &
  Readonly<{ type: 'RecordUndo'; rows: Omit<ImportRowsUndone['data'], 'at'> }>;
/** `rows`: the last row whose changes were looked at. */
export type CompleteUndo = At & Readonly<{ type: 'CompleteUndo'; rows: number }>;
export type ImportCommand =
  | QueueImport
  | StartImport
  | RecordRows
  | CompleteImport
  | FailImport
  | RequestUndo
  | RecordUndo
  | CompleteUndo;
