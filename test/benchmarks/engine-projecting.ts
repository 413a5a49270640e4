import { randomUUID } from 'node:crypto';
import { streamDefinitions } from '#domain/streams';
import type { Position } from '#domain/kernel/index';
import { openMongo, type Mongo } from '#libs/mongodb/index';
import { batchOf, readingOf, readPage } from '#libs/projecting/read-page';
import { mongodbReadStore } from '#libs/read-store/mongodb/index';
import type { Batch } from '#libs/read-store/port';
import { recipientDirectory } from '#projections/recipient-directory/index';
import { urlOfDatabase } from '../servers/database-url.ts';
import { startFerretDb } from '../servers/start-ferretdb.ts';
import { awaitedUpdates } from './awaited-updates.ts';
import { onRecipientsLedger } from './recipients-ledger.ts';
import type { BenchmarkResult } from './result.ts';

/** As many events as a rebuild reads at a time. */
const PAGE = 2_000;
const ROUNDS = 3;

/** What the recipient directory makes of the history of so many recipients, as a rebuild cuts it. */
const batchesOf = (recipients: number): Promise<readonly Batch[]> =>
  onRecipientsLedger(recipients, async ({ ledger }) => {
    const reading = readingOf(streamDefinitions, [recipientDirectory]);
    const batches: Batch[] = [];
    for (let after: Position | undefined; ;) {
      const { events, end } = await readPage(ledger, after, PAGE, reading);
      if (end === undefined || end === after) return batches;
      batches.push(batchOf(recipientDirectory, events, end));
      after = end;
    }
  });

const eventsIn = (batches: readonly Batch[]): number =>
  batches.reduce((sum, { changes }) => sum + changes.length, 0);

/** Events done in a second. */
const rateOf = async (batches: readonly Batch[], work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return (eventsIn(batches) * 1_000) / (performance.now() - start);
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Fills a new generation, before its indexes are built. */
const projected = async (mongo: Mongo, batches: readonly Batch[]): Promise<void> => {
  const generation = await mongodbReadStore({ mongo }).begin(recipientDirectory);
  for (const each of batches) await generation.apply(each);
};

/** The same events, each in a batch of its own. */
const oneByOne = (batches: readonly Batch[]): readonly Batch[] =>
  batches
    .flatMap(({ changes }) => changes)
    .map((each) => ({ changes: [each], checkpoint: each.position }));

/** The server that `ATTESTA_MONGODB_URL` names, in a database of its own; or FerretDB. */
const startServer = async () => {
  const given = process.env['ATTESTA_MONGODB_URL'];
  const name = `attesta-bench-${randomUUID().slice(0, 8)}`;
  if (given !== undefined) {
    return { url: urlOfDatabase(given, name), stop: async () => {}, name: 'MongoDB' };
  }
  // As durable as it is by itself: every commit waits for the disk, as it does in MongoDB.
  const server = await startFerretDb({ durable: true });
  return { url: server.urlOf(name), stop: server.stop, name: 'FerretDB' };
};

/**
 * Read models in MongoDB: filled in batches, beside one event at a time with the same guarantees, and beside bare
 * updates without any.
 */
export const benchmarkEngineProjecting = async (
  options: Readonly<{ small: boolean }>,
): Promise<BenchmarkResult[]> => {
  const batches = await batchesOf(options.small ? 2_000 : 10_000);
  const few = await batchesOf(options.small ? 200 : 500);
  const { url, stop, name } = await startServer();
  const mongo = await openMongo(url, { callWithinMilliseconds: 60_000 });
  const [many, single, bare]: [number[], number[], number[]] = [[], [], []];
  try {
    await projected(mongo, few);
    // In turns, so that a busy moment of the machine hits all.
    for (let round = 0; round < ROUNDS; round += 1) {
      many.push(await rateOf(batches, () => projected(mongo, batches)));
      single.push(await rateOf(few, () => projected(mongo, oneByOne(few))));
      bare.push(await rateOf(few, () => awaitedUpdates(mongo, few)));
    }
  } finally {
    await mongo.database.dropDatabase();
    await mongo.close();
    await stop();
  }
  const measured = {
    name: `${name}: recipient directory in pages of ${PAGE} events`,
    value: median(many),
    unit: 'events/s',
  };
  return [
    {
      ...measured,
      baseline: { name: 'one awaited event at a time', value: median(single) },
      reach: '≥ 10 ×',
    },
    {
      ...measured,
      baseline: {
        name: 'one bare awaited update at a time: no guard, no checkpoint',
        value: median(bare),
      },
    },
  ];
};
