import type { Decision, SendingAccount } from '#domain/consent/index';
import { accountStream, type AccountEvent } from '#domain/account/index';
import type { Instant, Recorded } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { folded } from '../../streams.ts';
import { recordedBy } from './as-of.ts';
import type { ExplainAnswer } from './explain.dto.ts';

/** A decision with the events that its reasons rest on, by id. */
export const explained = (
  decision: Decision,
  history: readonly Recorded<RecipientEvent>[],
): ExplainAnswer => ({
  allow: decision.allow,
  at: decision.at,
  ...(decision.basis !== undefined && { basis: decision.basis }),
  ...(decision.lastDay !== undefined && { lastDay: decision.lastDay }),
  reasons: decision.reasons.map(({ revisions, ...reason }) => ({
    ...reason,
    eventIds: revisions.flatMap((revision) => history[revision]?.id ?? []),
  })),
});

/**
 * The terms of an account that were in force at an instant; the first ones for an instant before it was
 * opened. Undefined when there is no such account.
 */
export const termsAt = (
  accountId: string,
  history: readonly Recorded<AccountEvent>[],
  at: Instant,
): SendingAccount | undefined => {
  const then = recordedBy(history, at);
  const known = then.length > 0 ? then : history.slice(0, 1);
  const { state } = folded(accountStream, accountId, known);
  return state.status === 'none' ? undefined : state.terms;
};
