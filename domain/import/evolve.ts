import { distinct, isShredded, SHREDDED, clear } from '#domain/kernel/index';
import type { ImportEvent } from './events.ts';
import { countRows } from './row-counts.ts';
import type { Import } from './state.ts';

/** Total: an event that does not follow from the status changes nothing, and what is over stays over. */
export const evolve = (state: Import, event: ImportEvent): Import => {
  switch (state.status) {
    case 'none':
      return event.type === 'ImportQueued' ? queued(state, event) : state;
    case 'queued':
    case 'running':
      return underWay(state, event);
    case 'completed':
    case 'failed':
      return event.type === 'ImportUndoRequested' ? undoRequested(state, event) : state;
    case 'undoing':
      return beingUndone(state, event);
    case 'undone':
      return state;
  }
};

const queued = (
  state: Import,
  { data, personal }: Extract<ImportEvent, { type: 'ImportQueued' }>,
): Import => {
  const { at, ...terms } = data;
  const mapping = isShredded(personal) ? SHREDDED : clear(personal.reveal().mapping);
  return { ...state, ...terms, mapping, status: 'queued', queuedAt: at };
};

const underWay = (state: Import, event: ImportEvent): Import => {
  switch (event.type) {
    case 'ImportQueued':
    case 'ImportUndoRequested':
    case 'ImportRowsUndone':
    case 'ImportUndone':
      return state;
    case 'ImportStarted': {
      const { unmapped, at } = event.data;
      return { ...state, status: 'running', unmapped, startedAt: state.startedAt ?? at };
    }
    case 'ImportRowsProcessed':
      return rowsProcessed(state, event);
    case 'ImportCompleted':
      return { ...state, status: 'completed', finishedAt: event.data.at };
    case 'ImportFailed': {
      const { at, ...failure } = event.data;
      return { ...state, status: 'failed', finishedAt: at, failure };
    }
  }
};

/** A part of the file that was counted already counts once. */
const rowsProcessed = (
  state: Import,
  { data }: Extract<ImportEvent, { type: 'ImportRowsProcessed' }>,
): Import => (data.from === state.processed + 1 ? { ...state, ...countRows(state, data) } : state);

const undoRequested = (
  state: Import,
  { data }: Extract<ImportEvent, { type: 'ImportUndoRequested' }>,
): Import => ({
  ...state,
  status: 'undoing',
  undo: { requestedAt: data.at, rows: 0, compensated: 0, left: 0, sentSince: 0 },
});

const beingUndone = (state: Import, event: ImportEvent): Import => {
  const { undo } = state;
  if (undo === undefined) return state;
  if (event.type === 'ImportUndone') {
    return { ...state, status: 'undone', undo: { ...undo, finishedAt: event.data.at } };
  }
  if (event.type !== 'ImportRowsUndone' || event.data.from !== undo.rows + 1) return state;
  const { to, compensated, left, sentSince } = event.data;
  return {
    ...state,
    undo: {
      ...undo,
      rows: to,
      compensated: undo.compensated + compensated.length,
      left: undo.left + distinct(left.map(({ recipientId }) => recipientId)).length,
      sentSince: undo.sentSince + sentSince.length,
    },
  };
};
