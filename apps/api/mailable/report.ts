import type { ReasonCode } from '#domain/consent/index';

/** What became of a few people: how many were looked at, and a line for each of whom there is something to say. */
export type ReportPage<Line> = Readonly<{ people: number; lines: readonly Line[] }>;

/** An answer that is written while it is found. Its summary is whole once the pages have ended. */
export type Report<Line, Summary> = Readonly<{
  pages: AsyncGenerator<ReportPage<Line>, void>;
  summary: () => Summary;
}>;

export type ByReason = Readonly<Partial<Record<ReasonCode, number>>>;

/** Counts people by reason. */
export class ReasonCounts {
  readonly #counts = new Map<ReasonCode, number>();

  add(code: ReasonCode): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  /** The most frequent first. */
  all(): ByReason {
    return Object.fromEntries([...this.#counts].sort((a, b) => b[1] - a[1]));
  }
}
