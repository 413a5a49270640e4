import type { ImportUndoing } from '#domain/import/index';
import type { UndoAnswer } from './undo.dto.ts';

export const undoView = ({ finishedAt, ...undo }: ImportUndoing): UndoAnswer => ({
  status: finishedAt === undefined ? 'running' : 'done',
  ...undo,
  ...(finishedAt !== undefined && { finishedAt }),
});
