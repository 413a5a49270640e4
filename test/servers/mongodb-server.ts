import { describe } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { urlOfDatabase } from './database-url.ts';

const url = process.env['ATTESTA_TEST_MONGODB_URL'];

/**
 * A suite that needs a server speaking MongoDB's protocol: skipped, which the set-up says aloud, where there is
 * none.
 */
export const describeOnMongo = (name: string, suite: () => void): void => {
  (url === undefined ? describe.skip : describe)(name, suite);
};

/** The server's URL with a database of its own, which does not exist yet; drop it at the end. */
export const newDatabaseUrl = (): string => {
  if (url === undefined) throw new Error('There is no server; use describeOnMongo.');
  return urlOfDatabase(url, `attesta-test-${randomUUID()}`);
};
