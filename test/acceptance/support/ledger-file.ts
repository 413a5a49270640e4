import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** How many events the ledger of a data directory holds, read from its file. */
export const eventsIn = (dataDirectory: string): number => {
  const database = new DatabaseSync(path.join(dataDirectory, 'ledger.sqlite'), { readOnly: true });
  try {
    return Number(database.prepare('SELECT count(*) AS events FROM events').get()?.['events']);
  } finally {
    database.close();
  }
};
