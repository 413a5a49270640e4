import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const PROGRAM = path.resolve('dist/apps/all-in-one/main.js');

// Each starts whole programs, on machines that may be busy.
jest.setTimeout(120_000);

type Program = {
  child: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  exit: Promise<number>;
};

let directory: string;
const running: Program[] = [];
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'attesta-all-'));
});
afterEach(async () => {
  for (const { child, exit } of running.splice(0)) {
    if (child.exitCode === null) child.kill('SIGKILL');
    await exit;
  }
  await rm(directory, { recursive: true });
});

const start = (port: number | string, more: Record<string, string> = {}): Program => {
  const env = {
    PATH: process.env['PATH'],
    ATTESTA_DATA_DIR: directory,
    ATTESTA_PORT: String(port),
    ...more,
  };
  const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk) => (texts.err += String(chunk)));
  const exit = once(child, 'exit').then(([code]) => code as number);
  const program = { child, stdout: () => texts.out, stderr: () => texts.err, exit };
  running.push(program);
  return program;
};

/** Where it listens, once it says so. */
const listening = async (program: Program): Promise<string> => {
  for (;;) {
    const url = /listens on (\S+)/.exec(program.stdout())?.[1];
    if (url !== undefined) return url;
    const next = program.child.stdout === null ? [] : [once(program.child.stdout, 'data')];
    await Promise.race([
      ...next,
      program.exit.then((code) => {
        throw new Error(`It ended with ${String(code)}: ${program.stderr()}`);
      }),
    ]);
  }
};

describe('the program', () => {
  it('says where it listens and its operator key, serves, and stops cleanly on SIGTERM', async () => {
    const program = start(0);
    const url = await listening(program);
    const key = /Operator key, shown this once: (\S+)/.exec(program.stdout())?.[1];
    const accounts = await fetch(`${url}/v1/accounts`, {
      headers: { authorization: `Bearer ${key ?? ''}` },
    });
    expect(accounts.status).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);

    const again = start(0, { ATTESTA_LOG_LEVEL: 'silent' });
    await listening(again);
    expect(again.stdout()).not.toContain('Operator key');
    expect(again.stderr()).toBe('');
  });

  it('stops cleanly when it is asked to in the very moment it says that it listens', async () => {
    // The moment is short: one try in four met it.
    for (let n = 0; n < 8; n += 1) {
      const program = start(0);
      program.child.stdout?.on('data', () => {
        if (program.stdout().includes('listens on')) program.child.kill('SIGTERM');
      });
      expect(await program.exit).toBe(0);
    }
  });

  it('refuses the port of another instance with a sentence and status 1', async () => {
    const first = start(0);
    const { port } = new URL(await listening(first));
    const second = start(port);
    expect(await second.exit).toBe(1);
    expect(second.stderr()).toMatch(
      new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use, .*\\.\\n$`),
    );
    expect(first.child.exitCode).toBeNull();
  });

  it('refuses a damaged ledger with a sentence that names the file, and leaves it alone', async () => {
    const ledger = path.join(directory, 'ledger.sqlite');
    await writeFile(ledger, 'This is no database. '.repeat(500));
    const program = start(0);
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toContain(ledger);
    expect(program.stderr()).not.toMatch(/^\s+at /m);
  });

  it('refuses a wrong setting by its name', async () => {
    const program = start('many');
    expect(await program.exit).toBe(1);
    expect(program.stderr()).toMatch(/^ATTESTA_PORT must be .*\n$/);
  });
});
