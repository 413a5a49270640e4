// Jest calls the default export after the suites of the project `servers`.
import { stopStarted } from './started-servers.ts';

export default async function stopServers(): Promise<void> {
  await stopStarted();
}
