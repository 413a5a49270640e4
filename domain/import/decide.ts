import {
  isShredded,
  ok,
  refuse,
  sameJson,
  withoutAddresses,
  type Result,
} from '#domain/kernel/index';
import type {
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
import type { ImportEvent } from './events.ts';
import {
  IMPORT_EXISTS,
  IMPORT_NOT_FINISHED,
  NOTHING_TO_UNDO,
  ROWS_MALFORMED,
  rowsMissing,
  UNKNOWN_IMPORT,
  rowsOutOfOrder,
  wrongStatus,
  type ImportRejection,
} from './rejections.ts';
import type { Import } from './state.ts';

type Decision = Result<readonly ImportEvent[], ImportRejection>;

export const decide = (command: ImportCommand, state: Import): Decision => {
  switch (command.type) {
    case 'QueueImport':
      return queue(command, state);
    case 'StartImport':
      return start(command, state);
    case 'RecordRows':
      return recordRows(command, state);
    case 'CompleteImport':
      return complete(command, state);
    case 'FailImport':
      return fail(command, state);
    case 'RequestUndo':
      return requestUndo(command, state);
    case 'RecordUndo':
      return recordUndo(command, state);
    case 'CompleteUndo':
      return completeUndo(command, state);
  }
};

const queue = ({ data, personal, now }: QueueImport, state: Import): Decision => {
  if (state.status === 'none') {
    return ok([{ type: 'ImportQueued', data: { ...data, at: now }, personal }]);
  }
  const { accountId, format, bytes, dryRun, mapping } = state;
  const same =
    sameJson({ accountId, format, bytes, dryRun }, data) &&
    !isShredded(mapping) &&
    !isShredded(personal) &&
    sameJson(mapping.reveal(), personal.reveal().mapping);
  return same ? ok([]) : refuse(IMPORT_EXISTS);
};

/** A file without a header row has people in its first line: no address of theirs gets into clear text. */
const start = ({ unmapped, now }: StartImport, { status }: Import): Decision => {
  if (status === 'running') return ok([]);
  return status === 'queued'
    ? ok([{ type: 'ImportStarted', data: { unmapped: unmapped.map(withoutAddresses), at: now } }])
    : refuse(wrongStatus(status));
};

/** Each row once: a run of rows follows the one before it, and a repeated run is already so. */
const recordRows = ({ rows, now }: RecordRows, { status, processed }: Import): Decision => {
  if (status !== 'running') return refuse(wrongStatus(status));
  if (!isWellFormed(rows)) return refuse(ROWS_MALFORMED);
  if (rows.to <= processed) return ok([]);
  return rows.from === processed + 1
    ? ok([{ type: 'ImportRowsProcessed', data: { ...rows, at: now } }])
    : refuse(rowsOutOfOrder(processed));
};

const isWellFormed = ({ from, to, outcomes, recipientIds, codes }: RecordRows['rows']): boolean => {
  const length = to - from + 1;
  return (
    from >= 1 &&
    length >= 1 &&
    outcomes.length === length &&
    recipientIds.length === length &&
    /^[cunr]+$/.test(outcomes) &&
    Object.keys(codes).every((row) => Number(row) >= from && Number(row) <= to)
  );
};

const complete = ({ rows, now }: CompleteImport, { status, processed }: Import): Decision => {
  if (status === 'completed' && rows === processed) return ok([]);
  if (status !== 'running') return refuse(wrongStatus(status));
  return rows === processed
    ? ok([{ type: 'ImportCompleted', data: { rows, at: now } }])
    : refuse(rowsMissing(processed));
};

const fail = ({ type: _, now, ...failure }: FailImport, { status }: Import): Decision => {
  if (status === 'failed') return ok([]);
  return status === 'queued' || status === 'running'
    ? ok([{ type: 'ImportFailed', data: { ...failure, at: now } }])
    : refuse(wrongStatus(status));
};

/** Once: asked again, it is under way or done already. */
const requestUndo = ({ now }: RequestUndo, { status, dryRun }: Import): Decision => {
  switch (status) {
    case 'none':
      return refuse(UNKNOWN_IMPORT);
    case 'queued':
    case 'running':
      return refuse(dryRun ? NOTHING_TO_UNDO : IMPORT_NOT_FINISHED);
    case 'completed':
    case 'failed':
      return dryRun
        ? refuse(NOTHING_TO_UNDO)
        : ok([{ type: 'ImportUndoRequested', data: { at: now } }]);
    case 'undoing':
    case 'undone':
      return ok([]);
  }
};

const recordUndo = ({ rows, now }: RecordUndo, { status, undo }: Import): Decision => {
  if (status !== 'undoing' || undo === undefined) return refuse(wrongStatus(status));
  if (rows.to < rows.from || rows.from < 1) return refuse(ROWS_MALFORMED);
  if (rows.to <= undo.rows) return ok([]);
  return rows.from === undo.rows + 1
    ? ok([{ type: 'ImportRowsUndone', data: { ...rows, at: now } }])
    : refuse(rowsOutOfOrder(undo.rows));
};

const completeUndo = ({ rows, now }: CompleteUndo, { status, undo }: Import): Decision => {
  if (status === 'undone') return ok([]);
  if (status !== 'undoing' || undo === undefined) return refuse(wrongStatus(status));
  return rows === undo.rows
    ? ok([{ type: 'ImportUndone', data: { at: now } }])
    : refuse(rowsMissing(undo.rows));
};
