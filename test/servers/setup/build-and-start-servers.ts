// Jest calls the default export before the suites of the project `acceptance-servers`, which start whole programs
// from dist/.
import buildFirst from '../../build/build-when-stale.ts';
import startServers from './start-servers.ts';

export default async function buildAndStartServers(): Promise<void> {
  await buildFirst();
  await startServers();
}
