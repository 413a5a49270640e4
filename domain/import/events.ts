import type {
  AccountId,
  Event,
  Instant,
  JsonObject,
  PersonalEvent,
  RecipientId,
} from '#domain/kernel/index';

export type ImportFormat = 'csv' | 'tsv' | 'ndjson';
export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'refused';

export type ImportQueued = PersonalEvent<
  'ImportQueued',
  { accountId: AccountId; format: ImportFormat; bytes: number; dryRun: boolean; at: Instant },
  /** The mapping may name a person (`attestedBy`). */
  { mapping: JsonObject }
>;
export type ImportStarted = Event<
  'ImportStarted',
  { /** Columns neither mapped nor ignored. */ unmapped: readonly string[]; at: Instant }
>;
/**
 * Fate of a run of rows, written after the recipients' events. On resume, work goes on after `to`; rows that
 * were done without this event are recognised by their command ids.
 */
export type ImportRowsProcessed = Event<
  'ImportRowsProcessed',
  {
    from: number;
    to: number;
    /** One letter a row: c(reated) u(pdated) n(othing changed) r(efused). */
    outcomes: string;
    /** One entry a row; null where the row named no address. */
    recipientIds: readonly (RecipientId | null)[];
    /** Codes by row, for refused rows and for remarks on accepted ones. */
    codes: Readonly<Record<string, string>>;
    at: Instant;
  }
>;
export type ImportCompleted = Event<'ImportCompleted', { rows: number; at: Instant }>;
export type ImportFailed = Event<
  'ImportFailed',
  { code: string; message: string; row?: number; at: Instant }
>;
export type ImportEvent =
  | ImportQueued
  | ImportStarted
  | ImportRowsProcessed
  | ImportCompleted
  | ImportFailed;

export type Import = Readonly<{
  status: 'none' | 'queued' | 'running' | 'completed' | 'failed';
  accountId?: AccountId;
  dryRun: boolean;
  format: ImportFormat;
  processed: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  refusedBy: Readonly<Record<string, number>>;
  /** Remarks on rows that were accepted, by code. */
  remarks: Readonly<Record<string, number>>;
  unmapped: readonly string[];
  startedAt?: Instant;
  finishedAt?: Instant;
  failure?: Readonly<{ code: string; message: string; row?: number }>;
}>;

type At = Readonly<{ now: Instant }>;
export type ImportCommand =
  | (At & {
      readonly type: 'QueueImport';
      readonly data: Omit<ImportQueued['data'], 'at'>;
      readonly personal: ImportQueued['personal'];
    })
  | (At & { readonly type: 'StartImport'; readonly unmapped: readonly string[] })
  | (At & {
      readonly type: 'RecordRows';
      readonly rows: Omit<ImportRowsProcessed['data'], 'at'>;
    })
  | (At & { readonly type: 'CompleteImport'; readonly rows: number })
  | (At & {
      readonly type: 'FailImport';
      readonly code: string;
      readonly message: string;
      readonly row?: number;
    });
