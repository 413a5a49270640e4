import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import { eventStoreDbEventLog } from '../../eventstoredb/eventstoredb-event-log.ts';
import { sampleEvents } from '../sample-events.ts';

const PROGRAM = join(import.meta.dirname, 'program.ts');

const start = async (journal: string, port = 0) => {
  const words = ['--conditions=attesta-source', PROGRAM, '--port', String(port)];
  const child = spawn(process.execPath, [...words, '--journal', journal], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = line.replace('listening on ', '');
  return { child, url, port: Number(new URL(url).port) };
};

it('LED: the double loses nothing that it has confirmed when it is killed in the middle', async () => {
  const journal = join(mkdtempSync(join(tmpdir(), 'attesta-double-')), 'journal');
  let server = await start(journal);
  const { url, port } = server;
  const log = await eventStoreDbEventLog({ url, patience: { retry: 20_000 } });
  for (let round = 0; round < 3; round += 1) {
    const appends = Array.from({ length: 300 }, (_, index) => ({
      stream: `list-${round}.${index}`,
      expected: 'no-stream' as const,
      events: sampleEvents(2),
    }));
    const appending = log.appendMany(appends);
    await log.waitForAppend(await log.head(), new AbortController().signal);
    server.child.kill('SIGKILL');
    await once(server.child, 'exit');
    server = await start(journal, port);
    const outcomes = await appending;
    expect(outcomes.map(({ ok }) => ok)).toEqual(appends.map(() => true));
    expect(await log.appendMany(appends)).toEqual(outcomes);
    const found = await log.readStreams(appends.map(({ stream }) => stream));
    expect(found.map((events) => events.map(({ id }) => id))).toEqual(
      appends.map(({ events }) => events.map(({ id }) => id)),
    );
  }
  const ids = (await log.readAll({ limit: 10_000 })).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(1_800);
  await log.close();
  server.child.kill('SIGTERM');
  expect(await once(server.child, 'exit')).toEqual([0, null]);
});
