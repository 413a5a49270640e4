import { once } from 'node:events';
import { startProgram } from './processes.ts';

/** What the program `load-program` is to do. `{n}` in path and body is another number in each request. */
export type LoadOrder = Readonly<{
  url: string;
  method: 'GET' | 'POST';
  /** One is taken after the other. */
  paths: readonly string[];
  key?: string;
  body?: string;
  connections: number;
  seconds: number;
  /** Requests a second altogether; as many as possible when absent. */
  rate?: number;
  /** Where the numbers begin. */
  from: number;
}>;

export type LoadReport = Readonly<{
  perSecond: number;
  requests: number;
  p50: number;
  p99: number;
  /** Answers other than 2xx, and requests without an answer. */
  failed: number;
}>;

/** Puts a server under load from a process of its own. Throws when a request failed. */
export const load = async (order: LoadOrder): Promise<LoadReport> => {
  const child = startProgram('test/benchmarks/load-program', [JSON.stringify(order)]);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  const [status] = (await once(child, 'close')) as [number];
  if (status !== 0) throw new Error(`The load generator ended with status ${status}.`);
  const report = JSON.parse(out) as LoadReport;
  if (report.failed > 0) {
    throw new Error(`${report.failed} of ${report.requests} requests failed.`);
  }
  return report;
};
