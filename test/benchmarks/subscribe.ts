import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type LoadOrder, type LoadReport } from './load.ts';
import { startProduct, startServer, stopProgram } from './processes.ts';
import type { BenchmarkResult } from './result.ts';
import { openTenant, subscription } from './tenant.ts';

const CONNECTIONS = 64;
const STEADY_RATE = 1_000;
/** Code that runs hot is compiled while the first thousands of requests come in. */
const WARM_UP_SECONDS = 3;
const FULL_SECONDS = 10;
/**
 * One full collection, or one moment of somebody else's on the machine, delays a hundred requests: of ten seconds that
 * alone is the slowest hundredth, and the figure would say whether it happened.
 */
const STEADY_SECONDS = 30;

type Seconds = Readonly<{ full: number; steady: number }>;

type Measured = Readonly<{ full: LoadReport; steady: LoadReport }>;
type Target = Pick<LoadOrder, 'url' | 'paths' | 'body' | 'key'>;

const measure = async (target: Target, seconds: Seconds): Promise<Measured> => {
  const order = { ...target, method: 'POST', connections: CONNECTIONS } as const;
  await load({ ...order, seconds: Math.min(WARM_UP_SECONDS, seconds.full), from: 0 });
  const full = await load({ ...order, seconds: seconds.full, from: 1_000_000 });
  const paced = { ...order, rate: STEADY_RATE, seconds: seconds.steady };
  const steady = await load({ ...paced, from: 2_000_000 });
  return { full, steady };
};

/** The whole product under load: the projector, the sender and the importer run beside the API. */
const measureProduct = async (directory: string, seconds: Seconds): Promise<Measured> => {
  const { url, child } = await startProduct(join(directory, 'product'));
  try {
    const { key, listId } = await openTenant(url);
    const body = JSON.stringify(subscription(listId));
    return await measure({ url, paths: ['/v1/recipients'], key, body }, seconds);
  } finally {
    await stopProgram(child);
  }
};

/** The bare framework with a validated body and two events a request, durable by group commit. */
const measureBare = async (directory: string, seconds: Seconds): Promise<Measured> => {
  const { url, child } = await startServer('test/benchmarks/bare-server-program', [
    join(directory, 'bare.sqlite'),
  ]);
  try {
    const body = JSON.stringify(subscription('list_01jd0000000000000000000001'));
    return await measure({ url, paths: ['/v1/recipients'], body }, seconds);
  } finally {
    await stopProgram(child);
  }
};

/** Subscriptions by HTTP, each durable before its answer. */
export const benchmarkSubscribe = async ({
  small,
}: Readonly<{ small: boolean }>): Promise<readonly BenchmarkResult[]> => {
  const seconds = small ? { full: 2, steady: 2 } : { full: FULL_SECONDS, steady: STEADY_SECONDS };
  const directory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-subscribe-'));
  try {
    const product = await measureProduct(directory, seconds);
    const bare = await measureBare(directory, seconds);
    const baseline = (of: (each: Measured) => number) => ({
      name: 'bare NestJS, ValidationPipe, SQLite group commit',
      value: of(bare),
    });
    return [
      {
        name: `subscribe by HTTP, durable, ${CONNECTIONS} connections`,
        value: product.full.perSecond,
        unit: 'requests/s',
        baseline: baseline(({ full }) => full.perSecond),
        reach: '≥ 3,000/s, later 4,000',
      },
      {
        name: `subscribe by HTTP at ${STEADY_RATE}/s while projecting, p50`,
        value: product.steady.p50,
        unit: 'ms',
        baseline: baseline(({ steady }) => steady.p50),
      },
      {
        name: `subscribe by HTTP at ${STEADY_RATE}/s while projecting, p99`,
        value: product.steady.p99,
        unit: 'ms',
        baseline: baseline(({ steady }) => steady.p99),
        reach: '≤ 15 ms, later 10',
      },
    ];
  } finally {
    await rm(directory, { recursive: true });
  }
};
