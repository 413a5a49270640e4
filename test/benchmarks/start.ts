import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillLedger } from './recipients-ledger.ts';
import { startProduct, stopProgram } from './processes.ts';
import type { BenchmarkResult } from './result.ts';

const EVENTS_A_RECIPIENT = 2;

const readyAfter = async (dataDirectory: string): Promise<number> => {
  const { child, readyAfterMilliseconds } = await startProduct(dataDirectory);
  await stopProgram(child);
  return readyAfterMilliseconds / 1_000;
};

/**
 * How long a start takes on a ledger of many events. The read models are behind, as after a crash: they
 * catch up in the background and hold up no start.
 */
export const benchmarkStart = async ({
  small,
}: Readonly<{ small: boolean }>): Promise<readonly BenchmarkResult[]> => {
  const events = small ? 50_000 : 1_000_000;
  const directory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-start-'));
  const [full, empty] = [join(directory, 'full'), join(directory, 'empty')];
  try {
    await fillLedger(full, events / EVENTS_A_RECIPIENT);
    await readyAfter(full);
    const onFull = await readyAfter(full);
    await readyAfter(empty);
    const onEmpty = await readyAfter(empty);
    const count = events.toLocaleString('en-CA');
    return [
      {
        name: `start on ${count} events, until ready`,
        value: onFull,
        unit: 's',
        baseline: { name: 'the same without events', value: onEmpty },
        reach: '≤ 2 s on 1,000,000 events',
      },
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
};
