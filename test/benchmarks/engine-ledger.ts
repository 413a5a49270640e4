import { randomUUID } from 'node:crypto';
import { eventStoreDbEventLog } from '#libs/event-log/eventstoredb/eventstoredb-event-log';
import type { EventLog, StoredEvent } from '#libs/event-log/port';
import type { BenchmarkResult } from './result.ts';
import { startDouble, type StartedDouble } from './started-double.ts';

/** As many as the sender claims at once in a large campaign. */
const CLAIMED_AT_ONCE = 2_000;
const ROUNDS = 5;
/** Until the code on both sides is compiled. */
const WARM_UP = 10_000;

/** About the size of a delivery's claim. */
const data = JSON.stringify({ text: 'x'.repeat(150) });
const metadata = JSON.stringify({ text: 'y'.repeat(300) });
const claim = (): StoredEvent => ({
  id: randomUUID(),
  type: 'DeliveryAttempted.v2',
  data,
  metadata,
});
const newDelivery = () =>
  ({ stream: `delivery-${randomUUID()}`, expected: 'no-stream', events: [claim()] }) as const;

/** Things done in a second. */
const rateOf = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (count * 1_000) / (performance.now() - start);
};

const awaitedOneByOne = async (log: EventLog, deliveries: number): Promise<void> => {
  for (let done = 0; done < deliveries; done += 1) await log.append(newDelivery());
};

const claimed = async (log: EventLog, deliveries: number): Promise<void> => {
  for (let done = 0; done < deliveries; done += CLAIMED_AT_ONCE) {
    await log.appendMany(Array.from({ length: CLAIMED_AT_ONCE }, newDelivery));
  }
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The server that `ATTESTA_EVENTSTORE_URL` names, or the double. */
const startServer = async (): Promise<StartedDouble & { name: string }> => {
  const url = process.env['ATTESTA_EVENTSTORE_URL'];
  if (url === undefined) return { ...(await startDouble()), name: "EventStoreDB's double" };
  return { url, stop: async () => {}, name: 'EventStoreDB' };
};

/** What a campaign writes to the ledger, many deliveries at a time beside one awaited append at a time. */
export const benchmarkEngineLedger = async (
  options: Readonly<{ small: boolean }>,
): Promise<BenchmarkResult[]> => {
  const deliveries = options.small ? 2_000 : 10_000;
  const { url, stop, name } = await startServer();
  const streamPrefix = `bench${randomUUID().slice(0, 8)}`;
  const log = await eventStoreDbEventLog({ url, streamPrefix });
  const [single, many]: [number[], number[]] = [[], []];
  try {
    await claimed(log, WARM_UP);
    // In turns, so that a busy moment of the machine hits both.
    for (let round = 0; round < ROUNDS; round += 1) {
      many.push(await rateOf(deliveries, () => claimed(log, deliveries)));
      single.push(await rateOf(deliveries / 10, () => awaitedOneByOne(log, deliveries / 10)));
    }
  } finally {
    await log.close();
    await stop();
  }
  return [
    {
      name: `${name}: new delivery streams by appendMany of ${CLAIMED_AT_ONCE}`,
      value: median(many),
      unit: 'appends/s',
      baseline: { name: 'one awaited append at a time', value: median(single) },
      reach: '≥ 10 ×',
    },
  ];
};
