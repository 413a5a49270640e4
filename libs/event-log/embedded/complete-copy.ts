import { join } from 'node:path';
import { openDatabase } from '#libs/sqlite/index';
import { APPLICATION_ID, LEDGER_FILE } from './embedded-event-log.ts';
import { eventLogFailure } from './failure.ts';
import { migrations } from './schema.ts';

/**
 * The log in the directory holds all that was to be copied: from now on it is one like any other. Durable when
 * resolved. Throws `EventLogUnavailable`.
 */
export const completeCopy = async (directory: string): Promise<void> => {
  const path = join(directory, LEDGER_FILE);
  try {
    const database = openDatabase(path, {
      migrations,
      synchronous: 'FULL',
      applicationId: APPLICATION_ID,
    });
    try {
      database.exec('UPDATE identity SET copying = 0');
    } finally {
      database.close();
    }
  } catch (error) {
    throw eventLogFailure(error, path) ?? error;
  }
};
