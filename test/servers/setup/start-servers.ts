// Jest calls the default export before the suites of the project `servers`. Node itself runs this file, before
// Jest's own module loader exists.
import { startFerretDb } from '../start-ferretdb.ts';
import { keepForTeardown } from './started-servers.ts';

/** Says which server the suites use, or why they are skipped. With CI=true a missing server is an error. */
export default async function startServers(): Promise<void> {
  // Two projects may run together.
  if (process.env['ATTESTA_TEST_MONGODB_URL'] !== undefined) return;
  const given = process.env['ATTESTA_MONGODB_URL'];
  if (given !== undefined && given !== '') {
    process.env['ATTESTA_TEST_MONGODB_URL'] = given;
    console.warn('The suites of MongoDB run against the server that ATTESTA_MONGODB_URL names.');
    return;
  }
  try {
    const server = await startFerretDb();
    keepForTeardown(server);
    process.env['ATTESTA_TEST_MONGODB_URL'] = server.urlOf('attesta');
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.warn(
      `The suites of MongoDB are SKIPPED: ATTESTA_MONGODB_URL is not set, and FerretDB cannot be had. ${String(error)}`,
    );
  }
}
