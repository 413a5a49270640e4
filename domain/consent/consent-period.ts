import { earlierOf, plusDays, plusMonths, type CivilDate } from '#domain/kernel/index';
import type { BasisRule } from './table/basis-rule.ts';
import { ruleOf } from './table/basis-rules.ts';
import type { Consent, ConsentGrant } from './consent.ts';

/**
 * The last day that the law gives a basis, inclusive: the clock's start plus whole months, clamped to the
 * end of the month, so never later than the statute's own last day (C-11). Undefined when there is no end.
 */
export const statutoryLastDay = (rule: BasisRule, date: CivilDate): CivilDate | undefined => {
  if (rule.clock === 'open') return undefined;
  const end = plusMonths(date, rule.clock.months);
  return rule.clock.days === 0 ? end : plusDays(end, rule.clock.days);
};

/**
 * The first day on which a message may rest on this basis: the day of the event does not count (C-12).
 * Undefined for a relationship in force until the consent's day: it allows from when it is on record.
 */
export const firstLawfulDay = (consent: Consent | ConsentGrant): CivilDate | undefined => {
  const { starts } = ruleOf(consent);
  if (starts === 'in-force') return undefined;
  return starts === 'that-day' ? consent.date : plusDays(consent.date, 1);
};

/**
 * The last day on which a message may rest on this consent, inclusive: the law's, or the account's own
 * when that is earlier (CON-2). Undefined when there is no end.
 */
export const lastLawfulDay = (consent: Consent | ConsentGrant): CivilDate | undefined => {
  if (consent.kind === 'express') return undefined;
  const statutory = statutoryLastDay(ruleOf(consent), consent.date);
  if (consent.expiresOn === undefined) return statutory;
  return statutory === undefined ? consent.expiresOn : earlierOf(statutory, consent.expiresOn);
};
