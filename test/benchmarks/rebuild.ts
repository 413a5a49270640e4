import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Engines } from '#apps/composition/index';
import { rebuildModel } from '#apps/projector/index';
import type { AnyEvent, Position } from '#domain/kernel/index';
import { recipientStream } from '#domain/recipient/index';
import type { StreamFormat } from '#libs/ledger/index';
import { isEqual, type Log } from '#libs/projecting/index';
import { onRecipientsLedger } from './recipients-ledger.ts';
import type { BenchmarkResult } from './result.ts';

const PAGE = 8_000;
const formats = [recipientStream as unknown as StreamFormat<AnyEvent>];
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Reads and decrypts every event and does nothing with it: what no projection can beat. */
const readEverything = async ({ ledger }: Engines): Promise<number> => {
  let after: Position | undefined;
  let events = 0;
  for (;;) {
    const page = await ledger.readAll({ after, limit: PAGE, formats });
    after = page.at(-1)?.position;
    events += page.length;
    if (page.length < PAGE) return events;
  }
};

/** Reads and parses every event through SQLite alone, decrypting nothing: what no decoding can beat. */
const scanAndParse = (dataDirectory: string): number => {
  const database = new DatabaseSync(join(dataDirectory, 'ledger.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT data, metadata FROM events ORDER BY position').iterate();
  let events = 0;
  for (const { data, metadata } of rows) {
    JSON.parse(String(data));
    JSON.parse(String(metadata));
    events += 1;
  }
  database.close();
  return events;
};

/** How fast the recipient directory is made again from the ledger, the comparison with the old one included. */
export const benchmarkRebuild = async (
  options: Readonly<{ small: boolean }>,
): Promise<BenchmarkResult[]> => {
  const recipients = options.small ? 5_000 : 100_000;
  return onRecipientsLedger(recipients, async (engines, dataDirectory) => {
    const scan = performance.now();
    scanAndParse(dataDirectory);
    const read = performance.now();
    const events = await readEverything(engines);
    const start = performance.now();
    const watched = { log: silent, signal: new AbortController().signal };
    // The first fills both: the rebuilt model, and the serving one that it is compared with.
    let filledAt = start;
    await rebuildModel('recipient-directory', engines, {
      ...watched,
      onEvents: (count) => {
        if (count === events) filledAt = performance.now();
      },
    });
    const again = performance.now();
    const report = await rebuildModel('recipient-directory', engines, watched);
    const end = performance.now();
    if (report.events !== events || !isEqual(report)) {
      throw new Error(`The rebuild read ${report.events} events; ${report.differing} differ.`);
    }
    const perSecond = (milliseconds: number): number => (events * 1_000) / milliseconds;
    const scanning = { name: 'scanning and parsing alone', value: perSecond(read - scan) };
    const baseline = { name: 'reading and decrypting alone', value: perSecond(start - read) };
    return [
      { ...baseline, unit: 'events/s', baseline: scanning },
      {
        name: 'directory: filling a new generation from the first event',
        value: perSecond(filledAt - start),
        unit: 'events/s',
        baseline,
        reach: '50,000, later 100,000',
      },
      {
        name: 'directory: whole rebuild, with indexes, comparison and cut-over',
        value: perSecond(end - again),
        unit: 'events/s',
        baseline,
        reach: '50,000',
      },
    ];
  });
};
