import type { Connection } from './connection.ts';
import type { DocumentsPlace } from './documents-place.ts';
import { prepareIndexes } from './generation.ts';

/** All generations in the file that lists them: for models that hold nothing personal. */
export const sharedFile = (connection: Connection): DocumentsPlace => ({
  readTogether: (work) => connection.read(work),
  create: (_, layout) => connection.exec(layout.create),
  makeReady: (layout, id) => prepareIndexes(connection, layout, id),
  fill: () => undefined,
  finish: (layout, id) => connection.write(() => prepareIndexes(connection, layout, id)),
  connection: () => connection,
  drop: (layout) => connection.exec(layout.drop),
  keepOnly: () => undefined,
  close: () => undefined,
});
