import type { Import } from '#domain/import/index';
import type { ImportAnswer } from './import.dto.ts';
import { undoView } from './undo/undo-view.ts';

/** An import as api.md describes it. Nothing in it is personal, so it can be told for ever. */
export const importView = (id: string, state: Import): ImportAnswer => {
  const { status, queuedAt, startedAt, finishedAt, failure, undo } = state;
  if (status === 'none' || queuedAt === undefined) throw new Error('There is no such import.');
  const { dryRun, format, bytes, created, updated, unchanged, refused } = state;
  return {
    id,
    status: status === 'undoing' ? 'running' : status,
    dryRun,
    format,
    bytes,
    rows: state.processed,
    created,
    updated,
    unchanged,
    refused,
    refusedBy: { ...state.refusedBy },
    remarks: { ...state.remarks },
    unmapped: [...state.unmapped],
    queuedAt,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    ...(failure !== undefined && { failure: { ...failure } }),
    ...(undo !== undefined && { undo: undoView(undo) }),
  };
};
