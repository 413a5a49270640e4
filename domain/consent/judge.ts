import type { CivilDate } from '#domain/kernel/index';
import type { BasisRule } from './table/basis-rule.ts';
import { isAvailableTo, ruleOf } from './table/basis-rules.ts';
import { firstLawfulDay, lastLawfulDay } from './consent-period.ts';
import type { Consent, OrganisationType } from './consent.ts';
import type { Reason } from './decision.ts';
import type { Today } from './today.ts';

/** One consent, judged: current, or why it is not. */
export type JudgedConsent = Readonly<{
  consent: Consent;
  current: boolean;
  lastDay?: CivilDate;
  reason: Reason;
}>;

type Saying = Pick<Reason, 'code' | 'rule' | 'text'>;

const reason = (consent: Consent, { section }: BasisRule, saying: Saying): Reason => ({
  ...saying,
  regime: 'casl',
  section,
  revisions: [consent.revision],
});

const unavailable = ({ name }: BasisRule): Saying => ({
  code: 'basis-not-available',
  rule: 'C-06',
  text: {
    fr: `Une organisation de ce type ne peut pas s’appuyer sur ce fondement : ${name.fr}.`,
    en: `An organisation of this type cannot rely on this basis: ${name.en}.`,
  },
});

const tooEarly = ({ name }: BasisRule, first: CivilDate): Saying => ({
  code: 'not-before-next-day',
  rule: 'C-12',
  text: {
    fr: `Ce fondement (${name.fr}) permet d’écrire à partir du ${first}.`,
    en: `This basis (${name.en}) allows writing from ${first}.`,
  },
});

const expired = ({ name }: BasisRule, date: CivilDate, last: CivilDate): Saying => ({
  code: 'consent-expired',
  rule: 'C-11',
  text: {
    fr: `Le consentement tacite (${name.fr}, ${date}) a pris fin le ${last}.`,
    en: `The implied consent (${name.en}, ${date}) ended on ${last}.`,
  },
});

const express = ({ row }: BasisRule, date: CivilDate): Saying => ({
  code: 'express-consent',
  rule: `row ${row}`,
  text: {
    fr: `La personne a donné son consentement exprès le ${date}.`,
    en: `The person gave express consent on ${date}.`,
  },
});

const implied = ({ row, name }: BasisRule, date: CivilDate, last?: CivilDate): Saying => ({
  code: 'implied-consent',
  rule: `row ${row}`,
  text:
    last === undefined
      ? {
          fr: `Consentement tacite : ${name.fr} (${date}), tant que dure la relation.`,
          en: `Implied consent: ${name.en} (${date}), while the relationship lasts.`,
        }
      : {
          fr: `Consentement tacite : ${name.fr} (${date}), jusqu’au ${last} inclus.`,
          en: `Implied consent: ${name.en} (${date}), until ${last} inclusive.`,
        },
});

/** Judges one consent on a day: may a message rest on it, until when, and why (C-06, C-10 to C-13). */
export const judge = (
  consent: Consent,
  organisationType: OrganisationType,
  today: Today,
): JudgedConsent => {
  const rule = ruleOf(consent);
  const first = firstLawfulDay(consent);
  const lastDay = lastLawfulDay(consent);
  const judged = (current: boolean, saying: Saying): JudgedConsent => ({
    consent,
    current,
    ...(lastDay === undefined ? {} : { lastDay }),
    reason: reason(consent, rule, saying),
  });
  if (!isAvailableTo(rule, organisationType)) return judged(false, unavailable(rule));
  if (first !== undefined && today.earliest < first) return judged(false, tooEarly(rule, first));
  if (consent.kind === 'express') return judged(true, express(rule, consent.date));
  return lastDay !== undefined && today.latest > lastDay
    ? judged(false, expired(rule, consent.date, lastDay))
    : judged(true, implied(rule, consent.date, lastDay));
};

const weight = ({ consent, lastDay }: JudgedConsent): string =>
  consent.kind === 'express' ? '~express' : (lastDay ?? '~');

/** Express first, then what lasts longest (C-14); of equals, what was recorded last. */
export const strongestFirst = (a: JudgedConsent, b: JudgedConsent): number => {
  const [left, right] = [weight(a), weight(b)];
  if (left !== right) return left < right ? 1 : -1;
  return b.consent.revision - a.consent.revision;
};
