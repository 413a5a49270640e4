import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

// Programs that contain the API run from what the build made, wherever this file itself is.
const root = fileURLToPath(new URL('../../', import.meta.url));
const built = import.meta.url.endsWith('.js') ? root : `${root}dist/`;

export const OPERATOR_KEY = 'operator-key-of-the-benchmarks';
const BETWEEN_LOOKS = 5;
const LONGEST_WAIT = 600_000;

/** A program of the build, in a process of its own. */
export const startProgram = (
  path: string,
  words: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess =>
  spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', `${built}${path}.js`, ...words],
    { env: { PATH: process.env['PATH'], ...environment }, stdio: ['ignore', 'pipe', 'inherit'] },
  );

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

export const stopProgram = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

/** Waits for an answer of 200. Throws when the program ended instead. */
const untilAnswered = async (child: ChildProcess, url: string): Promise<void> => {
  const giveUpAt = performance.now() + LONGEST_WAIT;
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error('The program ended before it was ready.');
    const answer = await fetch(url).catch(() => undefined);
    await answer?.text();
    if (answer?.status === 200) return;
    await pause(BETWEEN_LOOKS);
  }
  throw new Error('The program did not become ready.');
};

export type Running = Readonly<{
  url: string;
  child: ChildProcess;
  readyAfterMilliseconds: number;
}>;

/** Starts the whole product, as `npm start` does, and waits until it says that it is ready. */
export const startProduct = async (dataDirectory: string): Promise<Running> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const start = performance.now();
  const child = startProgram('apps/all-in-one/main', [], {
    ATTESTA_DATA_DIR: dataDirectory,
    ATTESTA_PORT: String(port),
    ATTESTA_OPERATOR_KEY: OPERATOR_KEY,
    ATTESTA_LOG_LEVEL: 'error',
  });
  child.stdout?.resume();
  await untilAnswered(child, `${url}/health/ready`);
  return { url, child, readyAfterMilliseconds: performance.now() - start };
};

/** Starts a server of the benchmarks that prints its address. */
export const startServer = async (path: string, words: readonly string[]): Promise<Running> => {
  const start = performance.now();
  const child = startProgram(path, words);
  if (child.stdout === null) throw new Error('The server has no output.');
  const ended = once(child, 'exit').then(() => {
    throw new Error('The server ended before it said where it listens.');
  });
  const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer];
  // From here on its end is somebody else's to notice.
  ended.catch(() => undefined);
  return { url: line.toString().trim(), child, readyAfterMilliseconds: performance.now() - start };
};
