import { consentRequestTerms, type AccountTerms } from '#domain/account/index';
import { lastLawfulDay, maySend } from '#domain/consent/index';
import { civilDateIn, plusDays, type CivilDate, type Instant } from '#domain/kernel/index';
import type { Recipient } from '#domain/recipient/index';
import { subscribedLists } from '../messages/shown-values.ts';

/** A request for express consent that is to go out now. */
export type DueRequest = Readonly<{
  /** Which of the account's requests it is. */
  daysBefore: number;
  lastDay: CivilDate;
  /** Revision of the implied consent that allows it. */
  revision: number;
}>;

/**
 * Which of the requests has its turn: the nearest to the last day of those whose day has come, so that a
 * stop of weeks is made up for by one request and not by three. Undefined before the first, and after L.
 */
export const requestInTurn = (
  daysBefore: readonly number[],
  lastDay: CivilDate,
  today: CivilDate,
): number | undefined => {
  if (today > lastDay) return undefined;
  const begun = daysBefore.filter((days) => plusDays(today, days) >= lastDay);
  return begun.length === 0 ? undefined : Math.min(...begun);
};

const hasAnswered = ({ consents, refused }: Recipient): boolean =>
  refused !== undefined || consents.some(({ kind }) => kind === 'express');

/**
 * The request that a recipient is to get now; undefined for most. Nobody is asked who consented, refused, is
 * on no list, or may not be written to. That a week lies between two requests is decided with the command.
 * Source: C-16, CON-4.
 */
export const dueRequest = (
  recipient: Recipient,
  terms: AccountTerms,
  now: Instant,
): DueRequest | undefined => {
  const listIds = subscribedLists(recipient);
  const { asked, consents } = recipient;
  if (listIds.length === 0 || hasAnswered(recipient)) return undefined;
  const { allow, lastDay } = maySend(recipient, terms, { class: 'commercial', listIds }, now);
  if (!allow || lastDay === undefined) return undefined;
  const today = civilDateIn(terms.timeZone, now);
  const daysBefore = requestInTurn(consentRequestTerms(terms).daysBefore, lastDay, today);
  if (daysBefore === undefined) return undefined;
  if (asked?.lastDay === lastDay && asked.daysBefore <= daysBefore) return undefined;
  const resting = consents.findLast((consent) => lastLawfulDay(consent) === lastDay);
  return resting && { daysBefore, lastDay, revision: resting.revision };
};
