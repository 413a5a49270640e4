import { instantOf, type AnyEvent, type Instant, type Recorded } from '#domain/kernel/index';

/** An instant of a query in the stored form (UTC, milliseconds), which compares as text. */
export const instantFrom = (text: string): Instant => instantOf(Date.parse(text));

/** What the ledger had recorded by an instant (design, section 3: "as of T"). */
export const recordedBy = <E extends AnyEvent>(
  history: readonly Recorded<E>[],
  at: Instant,
): readonly Recorded<E>[] => history.filter(({ metadata }) => metadata.recordedAt <= at);
