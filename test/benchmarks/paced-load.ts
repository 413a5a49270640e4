import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { createHistogram, performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { LoadReport } from './load.ts';

/** One request, ready to be sent. */
export type Prepared = Readonly<{
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}>;

/** Connections are opened and the generator's own code is compiled meanwhile; these requests do not count. */
const WARM_UP_SECONDS = 2;

type Pace = Readonly<{ connections: number; seconds: number; rate: number }>;

const answerTo = async (agent: Agent, prepared: Prepared): Promise<number | undefined> => {
  const { method, url, headers, body } = prepared;
  const sent = request(url, { method, headers, agent });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer.statusCode;
};

/**
 * Sends so many requests a second, one by one at equal distances, whether or not earlier ones were answered, as
 * people do who know nothing of each other. The time of each counts from when it was due, so a server that stands
 * still for a moment delays all that were due meanwhile. (A limit on the rate of a closed loop would send a
 * second's worth at once and then rest.)
 */
export const pacedLoad = async (
  prepare: () => Prepared,
  { connections, seconds, rate }: Pace,
): Promise<LoadReport> => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const microseconds = createHistogram();
  const underWay = new Set<Promise<void>>();
  let failed = 0;
  const warmUp = Math.min(WARM_UP_SECONDS, seconds) * 1_000;
  const start = performance.now() + warmUp;
  const sendOne = async (due: number): Promise<void> => {
    const status = await answerTo(agent, prepare()).catch(() => undefined);
    if (status === undefined || status < 200 || status > 299) failed += 1;
    if (due < start) return;
    microseconds.record(Math.max(1, Math.round((performance.now() - due) * 1_000)));
  };
  const requests = Math.round(rate * seconds);
  for (let n = -Math.floor((warmUp * rate) / 1_000); n < requests; n += 1) {
    const due = start + (n * 1_000) / rate;
    while (performance.now() < due) await wait(1);
    const sent = sendOne(due).finally(() => underWay.delete(sent));
    underWay.add(sent);
  }
  await Promise.all(underWay);
  const elapsed = (performance.now() - start) / 1_000;
  agent.destroy();
  const milliseconds = (percentile: number): number =>
    Math.round(microseconds.percentile(percentile) / 100) / 10;
  return {
    perSecond: requests / elapsed,
    requests,
    p50: milliseconds(50),
    p99: milliseconds(99),
    failed,
  };
};
