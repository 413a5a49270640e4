import type { Decision } from '#domain/consent/index';
import type { Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import type { ExplainAnswer } from './explain.dto.ts';

/** A decision with the events that its reasons rest on, by id; `known` is the history that it was taken on. */
export const explained = (
  decision: Decision,
  known: readonly Recorded<RecipientEvent>[],
): ExplainAnswer => ({
  allow: decision.allow,
  at: decision.at,
  ...(decision.basis !== undefined && { basis: decision.basis }),
  ...(decision.lastDay !== undefined && { lastDay: decision.lastDay }),
  reasons: decision.reasons.map(({ revisions, ...reason }) => ({
    ...reason,
    eventIds: revisions.flatMap((revision) => known[revision]?.id ?? []),
  })),
});
