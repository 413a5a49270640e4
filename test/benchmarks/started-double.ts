import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, '../../libs/event-log/testing/wire-double/program.js');

export type StartedDouble = Readonly<{ url: string; stop: () => Promise<void> }>;

/**
 * EventStoreDB's double in a process of its own. Like the server that it stands for, it flushes each group of
 * appends to the disk before it confirms them.
 */
export const startDouble = async (): Promise<StartedDouble> => {
  const folder = await mkdtemp(join(tmpdir(), 'attesta-benchmark-double-'));
  const words = [PROGRAM, '--journal', join(folder, 'journal')];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return {
    url: line.replace('listening on ', ''),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
};
