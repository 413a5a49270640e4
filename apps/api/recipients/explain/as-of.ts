import { instantOf, type AnyEvent, type Instant, type Recorded } from '#domain/kernel/index';

/** An instant of a query in the stored form (UTC, milliseconds), which compares as text. */
export const instantFrom = (text: string): Instant => instantOf(Date.parse(text));

/**
 * What the ledger had recorded by an instant (design, section 3: "as of T"); everything, where the instant
 * is not past. Always the beginning of the history: commands take their time before they are recorded, so
 * the times of two events can be the other way round, and no answer may rest on the second alone.
 */
export const recordedBy = <E extends AnyEvent>(
  history: readonly Recorded<E>[],
  at: Instant,
  now: Instant,
): readonly Recorded<E>[] => {
  if (at >= now) return history;
  const later = history.findIndex(({ metadata }) => metadata.recordedAt > at);
  return later === -1 ? history : history.slice(0, later);
};
