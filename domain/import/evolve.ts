import { isShredded, SHREDDED, clear } from '#domain/kernel/index';
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
      return state;
    case 'ImportStarted': {
      const { unmapped, at } = event.data;
      return { ...state, status: 'running', unmapped, startedAt: state.startedAt ?? at };
    }
    case 'ImportRowsProcessed':
      return event.data.from === state.processed + 1
        ? { ...state, ...countRows(state, event.data) }
        : state;
    case 'ImportCompleted':
      return { ...state, status: 'completed', finishedAt: event.data.at };
    case 'ImportFailed': {
      const { at, ...failure } = event.data;
      return { ...state, status: 'failed', finishedAt: at, failure };
    }
  }
};
