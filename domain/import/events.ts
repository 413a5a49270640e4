import type {
  AccountId,
  Event,
  Instant,
  JsonObject,
  PersonalEvent,
  RecipientId,
} from '#domain/kernel/index';

export const IMPORT_FORMATS = ['csv', 'tsv', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];
export type RowOutcome = 'created' | 'updated' | 'unchanged' | 'refused';
/** Each outcome by its letter in `ImportRowsProcessed`. */
export const ROW_OUTCOMES: Readonly<Record<string, RowOutcome>> = {
  c: 'created',
  u: 'updated',
  n: 'unchanged',
  r: 'refused',
};

// The names below are the storage format: never rename one, add a version in codec.ts instead.
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
  ImportQueued | ImportStarted | ImportRowsProcessed | ImportCompleted | ImportFailed;
