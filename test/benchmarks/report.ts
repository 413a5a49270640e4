import { cpus } from 'node:os';
import type { BenchmarkResult } from './result.ts';

const number = (value: number): string =>
  value.toLocaleString('en-CA', { maximumFractionDigits: value < 100 ? 1 : 0 });

const ratio = ({ value, baseline }: BenchmarkResult): string =>
  baseline === undefined || baseline.value === 0 ? '' : `  ×${(value / baseline.value).toFixed(2)}`;

const rowOf = (result: BenchmarkResult): readonly string[] => {
  const { name, value, unit, baseline, reach } = result;
  return [
    name,
    `${number(value)} ${unit}`,
    baseline === undefined ? '' : `${number(baseline.value)}${ratio(result)}  ${baseline.name}`,
    reach ?? '',
  ];
};

const HEADINGS = ['what', 'measured', 'baseline, same run', 'reach'];

/** The results as a table for a terminal, with the machine that they hold for. */
export const reportOf = (results: readonly BenchmarkResult[]): string => {
  const rows = [HEADINGS, ...results.map(rowOf)];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('-|-');
  const processors = cpus();
  const machine = `${processors.length} × ${processors[0]?.model ?? 'processor'}, Node ${process.version}`;
  return [machine, '', lines[0], rule, ...lines.slice(1)].join('\n');
};
