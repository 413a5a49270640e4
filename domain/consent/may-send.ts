import { civilDateIn, type Instant, type ListId } from '#domain/kernel/index';
import { judge, strongestFirst, type JudgedConsent, type Today } from './consent-reasons.ts';
import type { Decision, MessageScope, Reason, SendingAccount, Standing } from './decision.ts';
import {
  CONSENT_FREE,
  LIST_RULES,
  NO_CONSENT,
  reasonBy,
  SUPPRESSION_RULES,
  UNKNOWN_RECIPIENT,
} from './reason-rules.ts';

/**
 * May we write to this person at this instant, on which basis, until when, and why? (CON-6)
 *
 * Called when an audience is built and again before each attempt to send, so that an expiry or an
 * unsubscription stops a queued message too (C-15). With several lists, being subscribed to one of them
 * is enough. A refusal gives every reason there is, the weightiest first. Source: the rows of CASL's
 * decision table in `basis-rules.ts` and `reason-rules.ts`.
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
  const judged = standing.consents
    .map((consent) => judge(consent, account.organisationType, todayFor(account, at)))
    .sort(strongestFirst);
  const current = judged.filter((each) => each.current);
  const [best] = current;
  if (best === undefined) return { allow: false, at, reasons: [...against, ...lacking(judged)] };
  if (against.length > 0) return { allow: false, at, reasons: against };
  return {
    allow: true,
    at,
    basis: best.consent.kind === 'express' ? 'express' : best.consent.basis,
    ...(best.lastDay === undefined ? {} : { lastDay: best.lastDay }),
    reasons: current.map(({ reason }) => reason),
  };
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

const lacking = (judged: readonly JudgedConsent[]): readonly Reason[] =>
  judged.length === 0 ? [reasonBy(NO_CONSENT, [])] : judged.map(({ reason }) => reason);

/** The recipient's own zone is not known yet; once it is, it can only move the two days apart (C-13). */
const todayFor = (account: SendingAccount, at: Instant): Today => {
  const today = civilDateIn(account.timeZone, at);
  return { earliest: today, latest: today };
};
