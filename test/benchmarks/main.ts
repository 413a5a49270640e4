import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { BenchmarkResult } from './result.ts';
import { reportOf } from './report.ts';

type Options = Readonly<{ small: boolean }>;
type Benchmark = (options: Options) => Promise<readonly BenchmarkResult[]>;

const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'event-log': async () => (await import('./event-log.ts')).benchmarkEventLog,
  import: async () => (await import('./import.ts')).benchmarkImport,
  subscribe: async () => (await import('./subscribe.ts')).benchmarkSubscribe,
  explain: async () => (await import('./explain.ts')).benchmarkExplain,
  rebuild: async () => (await import('./rebuild.ts')).benchmarkRebuild,
  start: async () => (await import('./start.ts')).benchmarkStart,
  sending: async () => {
    const { benchmarkSending } = await import('./sending.ts');
    return ({ small }) => benchmarkSending({ recipients: small ? 500 : 3_000 });
  },
};

/** What needs servers, or something that stands for them: run by `--engines` alone. */
const ENGINES: Readonly<Record<string, () => Promise<Benchmark>>> = {
  'engine-projecting': async () =>
    (await import('./engine-projecting.ts')).benchmarkEngineProjecting,
  'engine-ledger': async () => (await import('./engine-ledger.ts')).benchmarkEngineLedger,
};

const ALL = { ...BENCHMARKS, ...ENGINES };

const USAGE = `usage: npm run bench -- [--small] [--json] [--engines] [--only NAME]...
NAME is one of: ${Object.keys(ALL).join(', ')}`;

/** In a process of its own, so that none is measured with another's memory and compiled code. */
const runApart = async (name: string, { small }: Options): Promise<readonly BenchmarkResult[]> => {
  const words = ['--only', name, '--json', ...(small ? ['--small'] : [])];
  const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (out += piece));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`The benchmark ${name} does not work.`);
  return JSON.parse(out) as readonly BenchmarkResult[];
};

const runHere = async (name: string, options: Options): Promise<readonly BenchmarkResult[]> => {
  const load = ALL[name];
  if (load === undefined) throw new Error(`There is no benchmark ${name}.`);
  return (await load())(options);
};

/** Undefined when the command line says something that is not offered. */
const options = () => {
  try {
    const { values } = parseArgs({
      options: {
        small: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        engines: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
      },
    });
    const { only = Object.keys(values.engines ? ENGINES : BENCHMARKS) } = values;
    return only.every((name) => name in ALL) ? { ...values, only } : undefined;
  } catch {
    return undefined;
  }
};

const run = async (): Promise<number> => {
  const given = options();
  if (given === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { small, json, only } = given;
  const results: BenchmarkResult[] = [];
  const runOne = only.length === 1 ? runHere : runApart;
  for (const name of only) {
    if (!json) process.stderr.write(`${name} …\n`);
    results.push(...(await runOne(name, { small })));
  }
  console.log(json ? JSON.stringify(results, null, 2) : reportOf(results));
  return 0;
};

// A slow machine fails nothing: only a benchmark that does not work does.
try {
  process.exitCode = await run();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
