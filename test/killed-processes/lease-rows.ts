import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LEASES_FILE } from '#libs/leases/embedded/embedded-leases';
import { onDatabaseOf, engineConfig } from '../acceptance/support/engines.ts';

/** The token grows with each new holder. */
export type LeaseRow = Readonly<{ name: string; holder: string; token: number }>;

type LeaseDocument = { _id: string; holder: string; token: number };

/** The leases whose names begin so, as they are stored: nobody but the processes themselves has a question for them. */
export const leaseRows = async (
  dataDirectory: string,
  prefix: string,
): Promise<readonly LeaseRow[]> => {
  const rows =
    engineConfig(dataDirectory).servers === undefined
      ? rowsInFile(dataDirectory)
      : await onDatabaseOf(dataDirectory, async (database) => {
          const documents = await database.collection<LeaseDocument>('leases').find().toArray();
          return documents.map(({ _id: name, holder, token }) => ({ name, holder, token }));
        });
  return rows.filter(({ name }) => name.startsWith(prefix));
};

const rowsInFile = (dataDirectory: string): readonly LeaseRow[] => {
  const file = new DatabaseSync(path.join(dataDirectory, LEASES_FILE), { readOnly: true });
  try {
    const rows = file.prepare('SELECT name, holder, token FROM lease').all();
    return rows as unknown as readonly LeaseRow[];
  } finally {
    file.close();
  }
};
