import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type LoadOrder, type LoadReport } from './load.ts';
import { addLongLives } from './long-lives.ts';
import { startProduct, stopProgram } from './processes.ts';
import type { BenchmarkResult } from './result.ts';
import { openTenant, post, subscription, untilProjected, type Tenant } from './tenant.ts';

/** One question after the other: with more at once, the figure would be the length of the queue. */
const CONNECTIONS = 1;
const RATE = 200;
const EVENTS = 200;
/** What a subscription with consent records. */
const FIRST_EVENTS = 2;

/** Subscribes people and gives each a history of `EVENTS` events. Answers with their ids. */
const peopleOf = async (
  url: string,
  dataDirectory: string,
  tenant: Tenant,
  people: number,
): Promise<readonly string[]> => {
  const template = JSON.stringify(subscription(tenant.listId));
  const ids: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const body: unknown = JSON.parse(template.replaceAll('{n}', String(n)));
    ids.push((await post<{ id: string }>(`${url}/v1/recipients`, tenant.key, body)).id);
  }
  const known = ids.map((id) => ({ id, revision: FIRST_EVENTS - 1 }));
  await addLongLives(dataDirectory, tenant, known, EVENTS - FIRST_EVENTS);
  return ids;
};

const result = (
  name: string,
  measured: LoadReport,
  alive: LoadReport,
  quantile: 'p50' | 'p99',
): BenchmarkResult => ({
  name: `${name} by HTTP, ${EVENTS} events a person, one at a time, ${RATE}/s, ${quantile}`,
  value: measured[quantile],
  unit: 'ms',
  baseline: { name: 'GET /health/live', value: alive[quantile] },
  ...(quantile === 'p99' && { reach: '≤ 5 ms' }),
});

/** How long "may we write to this person, and why" takes to answer, now and at a future instant. */
export const benchmarkExplain = async ({
  small,
}: Readonly<{ small: boolean }>): Promise<readonly BenchmarkResult[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-explain-'));
  const { url, child } = await startProduct(directory);
  try {
    const tenant = await openTenant(url);
    const ids = await peopleOf(url, directory, tenant, small ? 20 : 200);
    const { key, listId } = tenant;
    await untilProjected(url, key, listId);
    const seconds = small ? 2 : 10;
    const order = { url, method: 'GET', connections: CONNECTIONS, rate: RATE, from: 0 } as const;
    const ask = (target: Pick<LoadOrder, 'paths' | 'key'>, length = seconds) =>
      load({ ...order, ...target, seconds: length });
    const asked = (path: string) => ({
      paths: ids.map((id) => `/v1/recipients/${id}/${path}`),
      key,
    });
    const explain = asked(`explain?listId=${listId}`);
    await ask(explain, 2);
    const explained = await ask(explain);
    const long = await ask(asked(`explain?listId=${listId}&at=2031-01-01T00:00:00Z`));
    const state = await ask(asked('state'));
    const alive = await ask({ paths: ['/health/live'] });
    return [
      result('explain', explained, alive, 'p50'),
      result('explain', explained, alive, 'p99'),
      result('explain at a future instant', long, alive, 'p99'),
      result('state', state, alive, 'p99'),
    ];
  } finally {
    await stopProgram(child);
    await rm(directory, { recursive: true });
  }
};
