import { lastLawfulDay, placeOf, todayFor, type Consent } from '#domain/consent/index';
import { ok, refuse, type CivilDate } from '#domain/kernel/index';
import type { ExpireConsents } from '../commands.ts';
import type { ConsentExpired, RecipientEvent } from '../events.ts';
import { REJECTIONS } from '../rejections.ts';
import type { Recipient } from '../state.ts';
import type { Outcome } from './outcome.ts';

/**
 * Says of each implied consent that it lapsed, once. The record comes after the fact: no decision waits for
 * it (C-15). What a renewal replaced has ended already.
 */
export const expireConsents = (command: ExpireConsents, recipient: Recipient): Outcome => {
  if (recipient.revision < 0) return refuse(REJECTIONS.unknown);
  const today = latestToday(command, recipient);
  return ok(
    recipient.consents.flatMap((consent): RecipientEvent[] =>
      recipient.ended.has(consent.revision) ? [] : lapsed(consent, today, command),
    ),
  );
};

/** An end is by the zone that is furthest ahead, of the account's and the recipient's (C-13). */
const latestToday = (account: ExpireConsents, { jurisdiction }: Recipient): CivilDate =>
  todayFor(account, placeOf(jurisdiction), account.now).latest;

const lapsed = (consent: Consent, today: CivilDate, { now }: ExpireConsents): ConsentExpired[] => {
  const lastDay = lastLawfulDay(consent);
  if (consent.kind === 'express' || lastDay === undefined || today <= lastDay) return [];
  const { basis, revision } = consent;
  return [{ type: 'ConsentExpired', data: { revision, basis, lastDay, at: now } }];
};
