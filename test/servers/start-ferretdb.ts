import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as timer } from 'node:timers/promises';
import { ferretDbProgram } from './ferretdb-program.ts';

/** FerretDB with its SQLite backend, which speaks MongoDB's protocol: stands in for MongoDB in tests. */
export type FerretDb = Readonly<{
  /** Without the name of a database. */
  url: string;
  /** The same server with this database, for `openMongo`. */
  urlOf: (database: string) => string;
  port: number;
  pid: number;
  /** Its state; given again to `startFerretDb` with the port, the server is back. */
  directory: string;
  /** Ends it in order; a folder that it made itself is removed. */
  stop: () => Promise<void>;
  /** SIGKILL; the folder stays. */
  kill: () => Promise<void>;
}>;

export type FerretDbPlace = Readonly<{
  port?: number;
  directory?: string;
  /** Each commit waits for the disk; not so by default, as nobody cuts the power in a test. */
  durable?: boolean;
  /** Lets nobody else in. */
  user?: Readonly<{ name: string; password: string }>;
}>;

const LISTENING = /Listening on TCP 127\.0\.0\.1:(\d+)/;

const onlyFor = ({ name, password }: NonNullable<FerretDbPlace['user']>): readonly string[] => [
  '--test-enable-new-auth',
  '--setup-database=admin',
  `--setup-username=${name}`,
  `--setup-password=${password}`,
];

const spawned = (
  program: string,
  directory: string,
  { port = 0, durable = false, user }: FerretDbPlace,
): ChildProcess =>
  spawn(
    program,
    [
      '--handler=sqlite',
      `--sqlite-url=file:${directory}/?_pragma=synchronous(${durable ? 'FULL' : 'OFF'})`,
      `--state-dir=${directory}`,
      `--listen-addr=127.0.0.1:${port}`,
      '--debug-addr=-',
      '--telemetry=disable',
      // What one command inserts is one transaction, and not ten.
      '--test-batch-size=1000',
      // Conditions on fields of embedded documents reach SQLite too.
      '--test-enable-nested-pushdown',
      ...(user === undefined ? [] : onlyFor(user)),
    ],
    { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] },
  );

/** The port, once it listens. What it logs afterwards is read and dropped, so that it never waits for a reader. */
const listening = (child: ChildProcess): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      const port = LISTENING.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
      if (said.length < 20) said.push(line);
    });
  }
  child.once('error', reject);
  child.once('exit', () => {
    reject(new Error(`FerretDB ended before it listened:\n${said.join('\n')}`));
  });
  return promise;
};

const ATTEMPTS = 20;
const BETWEEN_ATTEMPTS_MILLISECONDS = 250;

/** A port that it had before can be that of somebody's short connection when it comes back. */
const started = async (
  program: string,
  directory: string,
  place: FerretDbPlace,
): Promise<Readonly<{ child: ChildProcess; port: number }>> => {
  for (let attempt = 1; ; attempt += 1) {
    const child = spawned(program, directory, place);
    try {
      return { child, port: await listening(child) };
    } catch (error) {
      if (place.port === undefined || attempt === ATTEMPTS) throw error;
      await timer(BETWEEN_ATTEMPTS_MILLISECONDS);
    }
  }
};

/** Whoever started it can end without it, and takes it along. */
const belongTo = (child: ChildProcess): void => {
  child.unref();
  for (const stream of [child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
};

const ended = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.ref();
  child.kill(signal);
  await exit;
};

/**
 * Starts FerretDB on loopback, on a free port unless one is given. Builds it first where the machine has none yet;
 * throws where that cannot be done.
 */
export const startFerretDb = async (place: FerretDbPlace = {}): Promise<FerretDb> => {
  const program = await ferretDbProgram();
  const directory = place.directory ?? (await mkdtemp(join(tmpdir(), 'attesta-ferretdb-')));
  const { child, port } = await started(program, directory, place);
  belongTo(child);
  const url = `mongodb://127.0.0.1:${port}`;
  return {
    url,
    urlOf: (database) => `${url}/${database}`,
    port,
    pid: child.pid ?? 0,
    directory,
    stop: async () => {
      await ended(child, 'SIGTERM');
      if (place.directory === undefined) await rm(directory, { recursive: true, force: true });
    },
    kill: () => ended(child, 'SIGKILL'),
  };
};
