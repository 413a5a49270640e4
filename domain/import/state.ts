import {
  SHREDDED,
  type AccountId,
  type Instant,
  type JsonObject,
  type Personal,
} from '#domain/kernel/index';
import type { ImportFormat, RowOutcome } from './events.ts';

export type ImportStatus = 'queued' | 'running' | 'completed' | 'failed' | 'undoing' | 'undone';

/** How far an undo is. Counts are of people; one can be compensated in part and left in part. */
export type ImportUndoing = Readonly<{
  requestedAt: Instant;
  finishedAt?: Instant;
  /** Rows 1 to `rows` are done with. */
  rows: number;
  compensated: number;
  left: number;
  sentSince: number;
}>;

/** An uploaded file of recipients and how far it is carried out. */
export type Import = Readonly<{
  status: 'none' | ImportStatus;
  accountId?: AccountId;
  dryRun: boolean;
  format: ImportFormat;
  bytes: number;
  mapping: Personal<JsonObject>;
  /** Rows whose fate is recorded: rows 1 to `processed`. */
  processed: number;
  refusedBy: Readonly<Record<string, number>>;
  /** Remarks on rows that were accepted, by code. */
  remarks: Readonly<Record<string, number>>;
  unmapped: readonly string[];
  queuedAt?: Instant;
  startedAt?: Instant;
  finishedAt?: Instant;
  undo?: ImportUndoing;
  failure?: Readonly<{ code: string; message: string; row?: number }>;
}> &
  Readonly<Record<RowOutcome, number>>;

export const NO_IMPORT: Import = {
  status: 'none',
  dryRun: false,
  format: 'csv',
  bytes: 0,
  mapping: SHREDDED,
  processed: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  refused: 0,
  refusedBy: {},
  remarks: {},
  unmapped: [],
};
