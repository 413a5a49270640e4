import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CommandRefused } from '../refusal.ts';
import type { DemoFolder } from './demo-folder.ts';

const PROGRAM = fileURLToPath(new URL('../../all-in-one/main.js', import.meta.url));
const LISTENS = /listens on (http\S+)/;
const LOG_HINT = 200;

export type RunningSystem = Readonly<{
  url: string;
  /** Resolves with the exit status once it has ended, for whatever reason. */
  ended: Promise<number | null>;
  stop: () => Promise<void>;
}>;

type Start = Readonly<{ folder: DemoFolder; port: number; operatorKey: string }>;

/** The example's people must not be kept among real ones, nor be written to through a real relay. */
const NOT_FOR_EXAMPLES = {
  ATTESTA_SMTP_URL: '',
  ATTESTA_EVENTSTORE_URL: '',
  ATTESTA_MONGODB_URL: '',
};

/**
 * Starts the whole product as `npm start` does, in a process of its own, always on the embedded engines and
 * with the built-in mailbox.
 */
export const startSystem = async ({ folder, port, operatorKey }: Start): Promise<RunningSystem> => {
  await mkdir(folder.path, { recursive: true });
  const log = createWriteStream(folder.logFile, { flags: 'a', mode: 0o600 });
  const child = spawn(process.execPath, [PROGRAM], {
    env: {
      ...process.env,
      ...NOT_FOR_EXAMPLES,
      ATTESTA_DATA_DIR: folder.path,
      ATTESTA_PORT: String(port),
      ATTESTA_OPERATOR_KEY: operatorKey,
      ATTESTA_LOG_LEVEL: process.env['ATTESTA_LOG_LEVEL'] ?? 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C reaches the demo alone, which then stops the product in order.
    detached: true,
  });
  child.stderr.pipe(log);
  const stopWithUs = (): boolean => child.kill('SIGTERM');
  process.once('exit', stopWithUs);
  const ended = once(child, 'close').then(() => child.exitCode);
  const url = await Promise.race([addressOf(child), ended.then(() => undefined)]);
  if (url === undefined) throw cannotStart(child, folder);
  return {
    url,
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

const said = new WeakMap<ChildProcess, string>();

/** Where it listens, once it says so. */
const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      out += piece;
      const url = LISTENS.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
      said.set(child, `${said.get(child) ?? ''}${piece}`.slice(-LOG_HINT));
    });
  });

const cannotStart = (child: ChildProcess, { logFile }: DemoFolder): CommandRefused => {
  const last = (said.get(child) ?? '').trim();
  return new CommandRefused('cannot-start', {
    fr: `Le système n’a pas démarré : ${last} (voir ${logFile})`,
    en: `The system did not start: ${last} (see ${logFile})`,
  });
};

/** The first of the ports that is free; any free one when none is. */
export const freePort = async (preferred: readonly number[]): Promise<number> => {
  for (const port of [...preferred, 0]) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
  throw new Error('The machine has no free port.');
};

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address() as AddressInfo;
      server.close(() => resolve(found));
    });
  });
