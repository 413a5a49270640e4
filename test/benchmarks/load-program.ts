import autocannon from 'autocannon';
import type { LoadOrder, LoadReport } from './load.ts';
import { pacedLoad, type Prepared } from './paced-load.ts';

// The load generator has a process of its own, so that it shares no thread with what it measures.
const order = JSON.parse(process.argv[2] ?? '') as LoadOrder;
let next = order.from;

const numbered = (text: string, n: number): string => text.replaceAll('{n}', String(n));

const prepare = (): Prepared => {
  const n = (next += 1);
  const path = order.paths[n % order.paths.length] ?? '/';
  const body = order.body === undefined ? undefined : numbered(order.body, n);
  return {
    method: order.method,
    url: new URL(numbered(path, n), order.url),
    headers: {
      ...(order.key !== undefined && { authorization: `Bearer ${order.key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    body,
  };
};

/** As many requests as the server answers: each connection sends the next one after the answer. */
const fullLoad = async (): Promise<LoadReport> => {
  const result = await autocannon({
    url: order.url,
    connections: order.connections,
    duration: order.seconds,
    requests: [
      {
        method: order.method,
        setupRequest: (request) => {
          const { url, headers, body } = prepare();
          return { ...request, path: url.pathname + url.search, headers, ...(body && { body }) };
        },
      },
    ],
  });
  return {
    perSecond: result.requests.average,
    requests: result.requests.total,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
};

const { rate } = order;
const report = rate === undefined ? await fullLoad() : await pacedLoad(prepare, { ...order, rate });
process.stdout.write(JSON.stringify(report));
