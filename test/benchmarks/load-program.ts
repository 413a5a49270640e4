import autocannon from 'autocannon';
import type { LoadOrder, LoadReport } from './load.ts';

// The load generator has a process of its own, so that it shares no thread with what it measures.
const order = JSON.parse(process.argv[2] ?? '') as LoadOrder;
let next = order.from;

const numbered = (text: string, n: number): string => text.replaceAll('{n}', String(n));

const result = await autocannon({
  url: order.url,
  connections: order.connections,
  duration: order.seconds,
  ...(order.rate !== undefined && { overallRate: order.rate }),
  requests: [
    {
      method: order.method,
      setupRequest: (request) => {
        const n = (next += 1);
        const path = order.paths[n % order.paths.length] ?? '/';
        return {
          ...request,
          path: numbered(path, n),
          headers: {
            ...(order.key !== undefined && { authorization: `Bearer ${order.key}` }),
            ...(order.body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(order.body !== undefined && { body: numbered(order.body, n) }),
        };
      },
    },
  ],
});

const report: LoadReport = {
  perSecond: result.requests.average,
  requests: result.requests.total,
  p50: result.latency.p50,
  p99: result.latency.p99,
  failed: result.non2xx + result.errors,
};
process.stdout.write(JSON.stringify(report));
