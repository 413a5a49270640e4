import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeOf } from './api-log.ts';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Series = { labels: string; counts: number[]; sum: number; count: number };

/** A value read when somebody asks: name, help, and the number now. */
export type Gauge = Readonly<{ name: string; help: string; read: () => Promise<number> | number }>;

/**
 * Requests in Prometheus' text format (version 0.0.4). Labels are route templates, methods and statuses:
 * bounded, and never an id or an address.
 */
export class Metrics {
  readonly #series = new Map<string, Series>();
  readonly #gauges: readonly Gauge[];

  constructor(gauges: readonly Gauge[]) {
    this.#gauges = gauges;
  }

  observe(request: FastifyRequest, reply: FastifyReply): void {
    const labels = `method="${request.method}",route="${routeOf(request)}",status="${String(reply.statusCode)}"`;
    const seconds = reply.elapsedTime / 1_000;
    const series = this.#seriesOf(labels);
    series.count += 1;
    series.sum += seconds;
    const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
    const index = bucket === -1 ? BUCKETS.length : bucket;
    series.counts[index] = (series.counts[index] ?? 0) + 1;
  }

  async text(): Promise<string> {
    const gauges = await Promise.all(this.#gauges.map(gaugeLines));
    return [...gauges.flat(), ...this.#histogram(), ''].join('\n');
  }

  #seriesOf(labels: string): Series {
    const known = this.#series.get(labels);
    if (known !== undefined) return known;
    const made = { labels, counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
    this.#series.set(labels, made);
    return made;
  }

  #histogram(): readonly string[] {
    const name = 'attesta_http_request_duration_seconds';
    const lines = [`# HELP ${name} Time to answer.`, `# TYPE ${name} histogram`];
    for (const { labels, counts, sum, count } of this.#series.values()) {
      let below = 0;
      BUCKETS.forEach((limit, index) => {
        below += counts[index] ?? 0;
        lines.push(`${name}_bucket{${labels},le="${String(limit)}"} ${String(below)}`);
      });
      lines.push(`${name}_bucket{${labels},le="+Inf"} ${String(count)}`);
      lines.push(
        `${name}_sum{${labels}} ${String(sum)}`,
        `${name}_count{${labels}} ${String(count)}`,
      );
    }
    return lines;
  }
}

const gaugeLines = async ({ name, help, read }: Gauge): Promise<readonly string[]> => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} gauge`,
  `${name} ${String(await read())}`,
];
