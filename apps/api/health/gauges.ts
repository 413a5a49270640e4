import type { Gauge } from '../http/metrics.ts';
import type { Readiness } from './readiness.ts';

/** What an operator watches beside the requests: whether the process is well, and the read models fresh. */
export const gaugesOf = (readiness: Readiness): readonly Gauge[] => [
  {
    name: 'process_resident_memory_bytes',
    help: 'Memory that the process holds.',
    read: () => process.memoryUsage.rss(),
  },
  {
    name: 'attesta_ready',
    help: '1 when everything that the API needs answers.',
    read: async () => ((await readiness.checks()).every(({ ok }) => ok) ? 1 : 0),
  },
  {
    name: 'attesta_projection_behind_seconds',
    help: 'For how long the slowest read model has made no progress while there was something new.',
    read: async () => {
      const behind = (await readiness.checks()).map((check) => check.behindMilliseconds ?? 0);
      return Math.max(0, ...behind) / 1_000;
    },
  },
];
