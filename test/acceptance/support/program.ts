import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { engineEnvironment } from './engines.ts';
import { until } from './until.ts';

export const OPERATOR_KEY = 'operator-key-of-the-acceptance-tests';

const PROGRAMS = path.resolve('dist/apps');

/** How a program ended, with everything that it printed. */
export type Ended = Readonly<{ status: number | null; out: string; err: string }>;

export type Environment = Readonly<Record<string, string>>;

export type RunningProgram = Readonly<{
  /** What its address begins with; no slash at its end. Empty where it has none. */
  url: string;
  /** What it has printed until now. */
  printed: () => Readonly<{ out: string; err: string }>;
  hasEnded: () => boolean;
  /** SIGTERM, as an operator stops it. */
  stop: () => Promise<Ended>;
  /** SIGKILL: no last word. */
  kill: () => Promise<Ended>;
}>;

type Spawned = Readonly<{
  child: ChildProcess;
  printed: () => Readonly<{ out: string; err: string }>;
  ended: Promise<Ended>;
}>;

const dataDirectoryOf = (words: readonly string[], environment: Environment): string => {
  const option = words.indexOf('--data-dir');
  return (option < 0 ? environment['ATTESTA_DATA_DIR'] : words[option + 1]) ?? '';
};

const spawned = (
  app: string,
  words: readonly string[],
  environment: Environment,
  folder?: string,
): Spawned => {
  const child = spawn(process.execPath, [path.join(PROGRAMS, app, 'main.js'), ...words], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      LANG: 'C',
      ...engineEnvironment(dataDirectoryOf(words, environment)),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (err += piece));
  const ended = once(child, 'close').then(() => ({ status: child.exitCode, out, err }));
  return { child, printed: () => ({ out, err }), ended };
};

/** Runs a program that ends by itself, in a folder where that matters. */
export const runToEnd = (
  app: string,
  words: readonly string[],
  environment: Environment,
  folder?: string,
): Promise<Ended> => spawned(app, words, environment, folder).ended;

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** What every start in these tests has in its environment. */
export const settings = (dataDirectory: string, port: number): Environment => ({
  ATTESTA_DATA_DIR: dataDirectory,
  ATTESTA_PORT: String(port),
  ATTESTA_OPERATOR_KEY: OPERATOR_KEY,
});

export type Part = 'all-in-one' | 'api' | 'projector' | 'sender' | 'importer';

/** What a part prints once it works; with an address where it has one. */
const READY = /^(?:Attesta listens on (\S+)|The \w+ of Attesta works\.)$/m;

/** Starts one part of the product in a process of its own, as `npm run start:…` does, once it says that it works. */
export const startPart = async (part: Part, environment: Environment): Promise<RunningProgram> => {
  const { child, printed, ended } = spawned(part, [], environment);
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const [, url = ''] = await until(`the ${part} to work`, () => {
    if (hasEnded()) throw new Error(`The ${part} ended: ${printed().err}`);
    return READY.exec(printed().out) ?? undefined;
  });
  const end = (signal: 'SIGTERM' | 'SIGKILL') => (): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return { url, printed, hasEnded, stop: end('SIGTERM'), kill: end('SIGKILL') };
};

/** The whole product, as `npm start` runs it, once it says that it listens. */
export const startProduct = async (
  dataDirectory: string,
  environment: Environment = {},
): Promise<RunningProgram> =>
  startPart('all-in-one', { ...settings(dataDirectory, await freePort()), ...environment });
