import { statutoryLastDay } from './consent-period.ts';
import { ruleOf } from './table/basis-rules.ts';
import type { ConsentGrant } from './consent.ts';

/** Does the account want the permission to last longer than the law lets it? (CON-2) */
export const outlastsLaw = (grant: ConsentGrant): boolean => withinLaw(grant) !== grant;

/** The permission with an end that the law gives: a later one is shortened to the law's last day (C-11). */
export const withinLaw = (grant: ConsentGrant): ConsentGrant => {
  if (grant.kind === 'express' || grant.expiresOn === undefined) return grant;
  const lastDay = statutoryLastDay(ruleOf(grant), grant.date);
  return lastDay !== undefined && grant.expiresOn > lastDay
    ? { ...grant, expiresOn: lastDay }
    : grant;
};
