import { ok, refuse, type CivilDate, type Refusal, type Result } from '#domain/kernel/index';
import { isAvailableTo, ruleOf } from './basis-rules.ts';
import { statutoryLastDay } from './consent-period.ts';
import type { ConsentGrant, OrganisationType } from './consent.ts';

export type GrantRefusalCode =
  'consent-date-in-future' | 'basis-not-available' | 'expiry-later-than-law';

/**
 * May this permission be recorded today (the day where the account is)? Refused: a date in the future, a
 * basis that organisations of this type do not have (C-06), an end later than the law's (CON-2).
 */
export const checkGrant = (
  grant: ConsentGrant,
  organisationType: OrganisationType,
  today: CivilDate,
): Result<ConsentGrant, Refusal<GrantRefusalCode>> => {
  if (grant.date > today) {
    return refuse({
      code: 'consent-date-in-future',
      message: 'A consent counts from the day it was given: give a date that is not in the future.',
      path: 'consent.date',
    });
  }
  if (grant.kind === 'express') return ok(grant);
  const rule = ruleOf(grant);
  if (!isAvailableTo(rule, organisationType)) {
    return refuse({
      code: 'basis-not-available',
      message: `Organisations of type ${organisationType} cannot rely on ${rule.name.en} (${rule.section}): choose another basis.`,
      path: 'consent.basis',
    });
  }
  const lastDay = statutoryLastDay(rule, grant.date);
  if (lastDay !== undefined && grant.expiresOn !== undefined && grant.expiresOn > lastDay) {
    return refuse({
      code: 'expiry-later-than-law',
      message: `The law ends this basis on ${lastDay} (${rule.section}): give that day or an earlier one.`,
      path: 'consent.expiresOn',
    });
  }
  return ok(grant);
};
