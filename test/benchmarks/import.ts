import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ImportWorkbench } from '#apps/importer/testing/workbench';
import { generatedMapping, generatedRecipients } from './generated-recipients.ts';
import type { BenchmarkResult } from './result.ts';

/** Rows that SQLite takes in one transaction in the baseline: as many as the importer makes durable together. */
const BASELINE_ROWS = 500;
const MEBIBYTE = 1_048_576;

type Measured = Readonly<{
  perSecond: number;
  bytes: number;
  /** Most memory of the process in each quarter of the time that the import took. */
  peaks: readonly number[];
}>;

const QUARTERS = 4;
const peaksOf = (samples: readonly number[]): readonly number[] =>
  Array.from({ length: QUARTERS }, (_, n) => {
    const at = (quarter: number): number => Math.floor((samples.length * quarter) / QUARTERS);
    return Math.max(0, ...samples.slice(at(n), at(n + 1))) / MEBIBYTE;
  });

/** From the uploaded file to durable events and keys, through the real importer. */
const measureImport = async (directory: string, rows: number): Promise<Measured> => {
  const workbench = await ImportWorkbench.open(directory);
  for (const key of ['firstName', 'lastName', 'city']) await workbench.defineField(key);
  const listId = await workbench.createList();
  const importId = await workbench.queue(generatedRecipients(rows), generatedMapping(listId));
  const samples: number[] = [];
  const sampling = setInterval(() => samples.push(process.memoryUsage.rss()), 50);
  const start = performance.now();
  await workbench.runImporter();
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(sampling);
  const state = await workbench.stateOf(importId);
  if (state.status !== 'completed' || state.created !== rows) {
    throw new Error(`The import ended as ${state.status} with ${String(state.created)} created.`);
  }
  await workbench.close();
  const { size } = await stat(join(directory, 'ledger.sqlite'));
  return { perSecond: rows / seconds, bytes: size, peaks: peaksOf(samples) };
};

/** The same number of rows and bytes straight into SQLite, as durable: what no import can beat. */
const measurePlainInsert = (directory: string, rows: number, bytes: number): number => {
  const database = new DatabaseSync(join(directory, 'baseline.sqlite'));
  database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
  database.exec('CREATE TABLE event (position INTEGER PRIMARY KEY, id BLOB UNIQUE, bytes BLOB)');
  const insert = database.prepare('INSERT INTO event (id, bytes) VALUES (?, ?)');
  const value = Buffer.alloc(Math.round(bytes / rows / 2), 0x61);
  const start = performance.now();
  for (let done = 0; done < rows; done += BASELINE_ROWS) {
    database.exec('BEGIN IMMEDIATE');
    for (let row = done; row < Math.min(rows, done + BASELINE_ROWS); row += 1) {
      // Two events a recipient.
      for (const event of [0, 1]) {
        const id = Buffer.alloc(16);
        id.writeUInt32BE(Math.imul(row * 2 + event, 0x9e3779b1) >>> 0);
        id.writeUInt32BE(row * 2 + event, 4);
        insert.run(id, value);
      }
    }
    database.exec('COMMIT');
  }
  const seconds = (performance.now() - start) / 1_000;
  database.close();
  return rows / seconds;
};

/** Recipients imported a second, and the memory that it took, beside plain inserts of as many bytes. */
export const benchmarkImport = async ({
  small,
}: {
  readonly small: boolean;
}): Promise<readonly BenchmarkResult[]> => {
  const rows = small ? 2_000 : 400_000;
  const directory = await mkdtemp(join(tmpdir(), 'attesta-bench-import-'));
  try {
    const imported = await measureImport(directory, rows);
    const plain = measurePlainInsert(directory, rows, imported.bytes);
    const [, second = 0, , last = 0] = imported.peaks;
    return [
      {
        name: `import, CSV file of ${String(rows)} rows to durable events and keys`,
        value: Math.round(imported.perSecond),
        unit: 'recipients/s',
        baseline: {
          name: 'node:sqlite, two inserts a recipient of as many bytes',
          value: Math.round(plain),
        },
        reach: '≥ 10,000 recipients/s',
      },
      {
        name: 'import, most memory of the process, last quarter of the file',
        value: Math.round(last),
        unit: 'MiB RSS',
        baseline: { name: 'second quarter', value: Math.round(second) },
        reach: 'flat; later ≤ 250 MiB',
      },
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
};
