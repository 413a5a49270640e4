import { parseArgs } from 'node:util';
import type { BenchmarkResult } from './result.ts';
import { reportOf } from './report.ts';

type Options = Readonly<{ small: boolean }>;
type Benchmark = (options: Options) => Promise<readonly BenchmarkResult[]>;

/** Each is loaded when it runs, so that none starts with another's memory. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'event-log': async () => (await import('./event-log.ts')).benchmarkEventLog,
  import: async () => (await import('./import.ts')).benchmarkImport,
  subscribe: async () => (await import('./subscribe.ts')).benchmarkSubscribe,
  explain: async () => (await import('./explain.ts')).benchmarkExplain,
  rebuild: async () => (await import('./rebuild.ts')).benchmarkRebuild,
  start: async () => (await import('./start.ts')).benchmarkStart,
  sending: async () => {
    const { benchmarkSending } = await import('./sending.ts');
    return ({ small }) => benchmarkSending({ recipients: small ? 1_000 : 10_000 });
  },
};

const USAGE = `usage: npm run bench -- [--small] [--json] [--only NAME]...
NAME is one of: ${Object.keys(BENCHMARKS).join(', ')}`;

const run = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      small: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: Object.keys(BENCHMARKS) },
    },
  });
  const results: BenchmarkResult[] = [];
  for (const name of values.only) {
    const load = BENCHMARKS[name];
    if (load === undefined) throw new TypeError(`There is no benchmark ${name}.`);
    if (!values.json) process.stderr.write(`${name} …\n`);
    results.push(...(await (await load())({ small: values.small })));
  }
  console.log(values.json ? JSON.stringify(results, null, 2) : reportOf(results));
  return 0;
};

// A slow machine fails nothing: only a benchmark that does not work does.
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error);
  if (error instanceof TypeError) console.error(USAGE);
  process.exitCode = error instanceof TypeError ? 2 : 1;
}
