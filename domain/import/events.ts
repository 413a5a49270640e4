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
/** Somebody wants what the import changed to be as it was before. */
export type ImportUndoRequested = Event<'ImportUndoRequested', { at: Instant }>;
/** Something of a recipient that somebody changed since the import, or that is erased: it stays as it is. */
export type LeftOfImport = Readonly<{
  recipientId: RecipientId;
  /** A part of the recipient, such as `language`, `fields.city` or `lists.list_…`. */
  what: string;
  why: 'changed-since' | 'erased';
  /** Type of the event that changed it since. */
  event?: string;
}>;
/** What the undo did about a run of rows, written after the recipients' events. */
export type ImportRowsUndone = Event<
  'ImportRowsUndone',
  {
    from: number;
    to: number;
    /** Whose changes were taken back; in part, where something of them was left too. */
    compensated: readonly RecipientId[];
    left: readonly LeftOfImport[];
    /** Of all of these people, those to whom something was sent since the import began. */
    sentSince: readonly RecipientId[];
    at: Instant;
  }
>;
export type ImportUndone = Event<'ImportUndone', { at: Instant }>;
export type ImportEvent =
  | ImportQueued
  | ImportStarted
  | ImportRowsProcessed
  | ImportCompleted
  | ImportFailed
  | ImportUndoRequested
  | ImportRowsUndone
  | ImportUndone;
