import type { Instant, ListId } from '#domain/kernel/index';
import { placeOf } from './jurisdictions/place.ts';
import { judge, strongestFirst, type JudgedConsent } from './judge.ts';
import type { Decision, MessageScope, Reason, SendingAccount, Standing } from './decision.ts';
import {
  CONSENT_FREE,
  LIST_RULES,
  reasonBy,
  SUPPRESSION_RULES,
  UNKNOWN_RECIPIENT,
} from './reason-rules.ts';
import { regimesThatApply } from './regimes/regimes-that-apply.ts';
import type { Verdict } from './regimes/verdict.ts';
import { todayFor } from './today.ts';

/**
 * May we write to this person at this instant, on which basis, until when, and why? (CON-6)
 *
 * Called when an audience is built and again before each attempt to send, so that an expiry or an
 * unsubscription stops a queued message too (C-15). With several lists, being subscribed to one of them
 * is enough. The answer is the AND of the regimes that apply where the person is. A refusal gives every reason
 * there is, the weightiest first. Source: the decision table in `table/`, `reason-rules.ts` and `regimes/`.
 */
export const maySend = (
  standing: Standing,
  account: SendingAccount,
  message: MessageScope,
  at: Instant,
): Decision => {
  const against = suppressions(standing, message);
  if (message.class !== 'commercial') return consentFree(message.class, against, at);
  against.push(...listReasons(standing, message.listIds));
  const place = placeOf(standing.jurisdiction);
  const today = todayFor(account, place, at);
  const judged = standing.consents
    .map((consent) => judge(consent, account.organisationType, today))
    .sort(strongestFirst);
  const question = { standing, account, place, judged };
  const verdicts = regimesThatApply(account, place).map((regime) => regime(question));
  return decided(at, against, verdicts);
};

/** Allowed only if every regime allows, until the first of them no longer does. */
const decided = (
  at: Instant,
  against: readonly Reason[],
  verdicts: readonly Verdict[],
): Decision => {
  const denials = verdicts.filter(({ allow }) => !allow);
  if (against.length > 0 || denials.length > 0) {
    return {
      allow: false,
      at,
      reasons: [...against, ...denials.flatMap(({ reasons }) => reasons)],
    };
  }
  const by = shortest(verdicts);
  return {
    allow: true,
    at,
    basis: by.consent.kind === 'express' ? 'express' : by.consent.basis,
    ...(by.lastDay === undefined ? {} : { lastDay: by.lastDay }),
    reasons: verdicts.flatMap(({ reasons }) => reasons),
  };
};

/** Of the permissions that the regimes rest on, the one that ends first. */
const shortest = (verdicts: readonly Verdict[]): JudgedConsent => {
  let first: JudgedConsent | undefined;
  for (const verdict of verdicts) {
    const by = verdict.allow ? verdict.by : undefined;
    if (by === undefined) continue;
    if (first === undefined || (by.lastDay ?? '~') < (first.lastDay ?? '~')) first = by;
  }
  if (first === undefined) throw new Error('A regime that permits sending always applies.');
  return first;
};

const suppressions = (standing: Standing, message: MessageScope): Reason[] => {
  const reasons: Reason[] = standing.known ? [] : [reasonBy(UNKNOWN_RECIPIENT, [])];
  for (const rule of SUPPRESSION_RULES) {
    if (!rule.blocks.includes(message.class)) continue;
    const fact = rule.fact(standing);
    if (fact !== undefined) reasons.push(reasonBy(rule, [fact.revision]));
  }
  return reasons;
};

const consentFree = (
  basis: keyof typeof CONSENT_FREE,
  against: readonly Reason[],
  at: Instant,
): Decision =>
  against.length > 0
    ? { allow: false, at, reasons: against }
    : { allow: true, at, basis, reasons: [reasonBy(CONSENT_FREE[basis], [])] };

const listReasons = (standing: Standing, listIds: readonly ListId[]): readonly Reason[] => {
  if (listIds.length === 0) return unconfirmedReasons(standing);
  const reasons: Reason[] = [];
  for (const listId of listIds) {
    const membership = standing.lists.get(listId);
    if (membership?.status === 'subscribed') return [];
    const status = membership?.status ?? 'left';
    const rule = LIST_RULES[status === 'left' ? 'absent' : status];
    reasons.push(reasonBy(rule, membership === undefined ? [] : [membership.revision]));
  }
  return reasons.sort((a, b) => LIST_ORDER.indexOf(a.code) - LIST_ORDER.indexOf(b.code));
};

const LIST_ORDER: readonly Reason['code'][] = ['unsubscribed-list', 'unconfirmed', 'not-on-list'];

/** Without lists, somebody who only ever asked and never confirmed is not to be written to. */
const unconfirmedReasons = ({ lists, pending }: Standing): readonly Reason[] => {
  const waiting: number[] = pending === undefined ? [] : [pending.revision];
  for (const { status, revision } of lists.values()) {
    if (status === 'subscribed') return [];
    if (status === 'unconfirmed' && !waiting.includes(revision)) waiting.push(revision);
  }
  return waiting.length === 0 ? [] : [reasonBy(LIST_RULES.unconfirmed, waiting)];
};
