import { maySend } from '#domain/consent/index';
import { ok, plusDays, civilDateIn, refuse, type CivilDate } from '#domain/kernel/index';
import type { RefuseConsent, RequestConsent } from '../commands.ts';
import type { ConsentRequested } from '../events.ts';
import { REJECTIONS, type RecipientRejection } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';
import { suppressionOf } from './suppression.ts';

/** Days between two requests to one person (C-16). */
const DAYS_BETWEEN = 7;

/**
 * A request for express consent is being sent. It is a commercial message itself (CASL s. 1(3)), so only
 * while an implied consent with an end is current, and never to whom has consented (C-01, C-16).
 */
export const requestConsent = (command: RequestConsent, recipient: Recipient): Outcome => {
  if (command.newsletter === undefined && recipient.requested?.at === command.now) return ok([]);
  const fault = faultOf(recipient);
  if (fault !== undefined) return refuse(fault);
  const lastDay = currentUntil(command, recipient);
  if (lastDay === undefined) return refuse(REJECTIONS.noCurrentConsent);
  return requestUntil(lastDay, command, recipient);
};

/** Each request in its turn: none too early, none twice, and a week between two (C-16). */
const requestUntil = (
  lastDay: CivilDate,
  command: RequestConsent,
  recipient: Recipient,
): Outcome => {
  if (isTooEarly(command, lastDay)) return refuse(REJECTIONS.requestTooEarly);
  if (isAsked(command, recipient, lastDay)) return ok([]);
  if (isRecent(command, recipient)) {
    return isCarriedAgain(command, recipient) ? ok([]) : refuse(REJECTIONS.requestedRecently);
  }
  const { daysBefore, newsletter, now: at } = command;
  const data = {
    lastDay,
    ...(daysBefore === undefined ? {} : { daysBefore }),
    ...(newsletter === undefined ? {} : { newsletterId: newsletter.id }),
    at,
  };
  return ok([{ type: 'ConsentRequested', data }]);
};

/** Newsletters begin to ask some time before the last day; without such a time they never do. */
const isTooEarly = ({ newsletter, today }: RequestConsent, lastDay: CivilDate): boolean =>
  newsletter !== undefined &&
  (newsletter.withinDays === 0 || plusDays(today, newsletter.withinDays) < lastDay);

/** A newsletter that the relay deferred carries its request again; that is the same one. */
const isCarriedAgain = ({ newsletter }: RequestConsent, { requested }: Recipient): boolean =>
  newsletter !== undefined && requested?.newsletterId === newsletter.id;

/** Each of the automatic requests goes out once for a last day, and none after a nearer one. */
const isAsked = (
  { daysBefore }: RequestConsent,
  { asked }: Recipient,
  lastDay: CivilDate,
): boolean =>
  daysBefore !== undefined && asked?.lastDay === lastDay && asked.daysBefore <= daysBefore;

const faultOf = (recipient: Recipient): RecipientRejection | undefined => {
  const suppression = suppressionOf(recipient);
  if (suppression !== undefined) return suppression;
  if (!recipient.known) return REJECTIONS.unknown;
  if (recipient.consents.some(({ kind }) => kind === 'express')) return REJECTIONS.expressOnRecord;
  return recipient.refused === undefined ? undefined : REJECTIONS.consentRefused;
};

const isRecent = ({ now, today, timeZone }: RequestConsent, { requested }: Recipient): boolean =>
  requested !== undefined &&
  (now < requested.at || today < plusDays(civilDateIn(timeZone, requested.at), DAYS_BETWEEN));

/** The last day of what allows writing now; undefined when nothing does, or when it has no end. */
const currentUntil = (
  { account, now }: RequestConsent,
  recipient: Recipient,
): ConsentRequested['data']['lastDay'] | undefined => {
  const decision = maySend(recipient, account, { class: 'commercial', listIds: [] }, now);
  return decision.allow ? decision.lastDay : undefined;
};

/** By the person, on the page behind the request. What implied consent there is goes on. */
export const refuseConsent = ({ now, today }: RefuseConsent, recipient: Recipient): Outcome => {
  if (recipient.erased !== undefined) return refuse(REJECTIONS.erased);
  if (!recipient.known) return refuse(REJECTIONS.unknown);
  return ok(
    recipient.refused === undefined
      ? [{ type: 'ConsentRefused', data: { date: today, at: now } }]
      : [],
  );
};
