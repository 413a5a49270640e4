/** One measured number, beside what it is to be compared with from the same run. */
export type BenchmarkResult = Readonly<{
  name: string;
  value: number;
  unit: string;
  baseline?: Readonly<{ name: string; value: number }>;
  /** What it is meant to reach, in words. */
  reach?: string;
}>;
