import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, type LoadOrder } from './load.ts';
import { startProduct, stopProgram } from './processes.ts';
import type { BenchmarkResult } from './result.ts';
import { openTenant, post, subscription } from './tenant.ts';

const CONNECTIONS = 4;
const RATE = 200;
const CHANGES = 10;

type Subscribed = Readonly<{ id: string }>;

/** Recipients with a little history, and the addresses of their explanations. */
const explanations = async (
  url: string,
  people: number,
): Promise<{ key: string; paths: string[] }> => {
  const { key, listId } = await openTenant(url);
  const template = JSON.stringify(subscription(listId));
  const paths: string[] = [];
  for (let n = 0; n < people; n += 1) {
    const body: unknown = JSON.parse(template.replaceAll('{n}', String(n)));
    const { id } = await post<Subscribed>(`${url}/v1/recipients`, key, body);
    for (let change = 0; change < CHANGES; change += 1) {
      const lists = change % 2 === 0 ? { leave: [listId] } : { join: [listId] };
      await post(`${url}/v1/recipients/${id}/lists`, key, lists);
    }
    paths.push(`/v1/recipients/${id}/explain?listId=${listId}`);
  }
  return { key, paths };
};

/** How long "may we write to this person, and why" takes to answer. */
export const benchmarkExplain = async ({
  small,
}: Readonly<{ small: boolean }>): Promise<readonly BenchmarkResult[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'attesta-benchmark-explain-'));
  const { url, child } = await startProduct(directory);
  try {
    const { key, paths } = await explanations(url, small ? 20 : 200);
    const seconds = small ? 2 : 10;
    const order = { url, method: 'GET', connections: CONNECTIONS, rate: RATE, from: 0 } as const;
    const ask = (target: Pick<LoadOrder, 'paths' | 'key'>, length = seconds) =>
      load({ ...order, ...target, seconds: length });
    await ask({ paths, key }, 2);
    const explained = await ask({ paths, key });
    const alive = await ask({ paths: ['/health/live'] });
    return [
      {
        name: `explain by HTTP, ${CHANGES + 2} events a person, ${RATE}/s, p99`,
        value: explained.p99,
        unit: 'ms',
        baseline: { name: 'GET /health/live', value: alive.p99 },
        reach: '≤ 5 ms',
      },
    ];
  } finally {
    await stopProgram(child);
    await rm(directory, { recursive: true });
  }
};
