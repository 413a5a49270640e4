import type { Bilingual } from '#domain/kernel/index';
import type { ImpliedBasis, OrganisationType } from './consent.ts';

/**
 * How long a basis lasts from its civil date, as whole months and a correction in days; `open` has no
 * end that can be computed from a date.
 */
export type Clock = Readonly<{ months: number; days: number }> | 'open';

/** One row of the decision table, as data (CASL, rows 1 to 15). */
export type BasisRule = Readonly<{
  row: number;
  section: string;
  /** What the consent's `date` is the day of. */
  clockStarts: Bilingual;
  clock: Clock;
  /** The first lawful day is the clock's start plus these days (C-12). */
  startsAfterDays: 0 | 1;
  /** Absent where an organisation of any type may use the basis (C-06). */
  organisationTypes?: readonly OrganisationType[];
  name: Bilingual;
}>;

const TWO_YEARS: Clock = { months: 24, days: 0 };
const SIX_MONTHS: Clock = { months: 6, days: 0 };
/** The period "begins on" the day it ends: counted from that day, included. */
const TWO_YEARS_FROM_THE_END: Clock = { months: 24, days: -1 };
/** The Act sets no limit; the product asks for a fresh look after a year. */
const ONE_YEAR_BY_POLICY: Clock = { months: 12, days: 0 };

const DONATION_TYPES = ['registered-charity', 'political'] as const;

export const EXPRESS_RULE: BasisRule = {
  row: 1,
  section: 'CASL s. 10(1)',
  clockStarts: { fr: 'date du consentement', en: 'date of the consent' },
  clock: 'open',
  startsAfterDays: 0,
  name: { fr: 'consentement exprès', en: 'express consent' },
};

/**
 * Rows 2 to 15, referral (13) excepted. `contract`, `ongoing-account` and `membership` count from the day
 * on which the relationship ended; `employee` and `organisation-relationship` last as long as the
 * relationship, so only an end that the account sets stops them.
 */
export const BASIS_RULES: Readonly<Record<ImpliedBasis, BasisRule>> = {
  purchase: {
    row: 2,
    section: 'CASL s. 10(10)(a)',
    clockStarts: { fr: 'dernier achat', en: 'last purchase' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    name: { fr: 'achat', en: 'purchase' },
  },
  'business-opportunity': {
    row: 3,
    section: 'CASL s. 10(10)(b)',
    clockStarts: { fr: 'acceptation', en: 'acceptance' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    name: { fr: 'possibilité d’affaires acceptée', en: 'business opportunity accepted' },
  },
  barter: {
    row: 4,
    section: 'CASL s. 10(10)(c)',
    clockStarts: { fr: 'date du troc', en: 'date of the barter' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    name: { fr: 'troc', en: 'barter' },
  },
  contract: {
    row: 5,
    section: 'CASL s. 10(10)(d)',
    clockStarts: { fr: 'fin du contrat', en: 'end of the contract' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    name: { fr: 'contrat écrit', en: 'written contract' },
  },
  inquiry: {
    row: 6,
    section: 'CASL s. 10(10)(e)',
    clockStarts: { fr: 'date de la demande', en: 'date of the inquiry' },
    clock: SIX_MONTHS,
    startsAfterDays: 1,
    name: { fr: 'demande de renseignements', en: 'inquiry' },
  },
  'ongoing-account': {
    row: 7,
    section: 'CASL s. 10(14)(a)',
    clockStarts: {
      fr: 'fin du compte ou de l’abonnement',
      en: 'end of the account or subscription',
    },
    clock: TWO_YEARS_FROM_THE_END,
    startsAfterDays: 1,
    name: { fr: 'abonnement, compte ou prêt', en: 'subscription, account or loan' },
  },
  donation: {
    row: 8,
    section: 'CASL s. 10(13)(a)',
    clockStarts: { fr: 'date du don', en: 'date of the gift' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    organisationTypes: DONATION_TYPES,
    name: { fr: 'don', en: 'donation' },
  },
  volunteer: {
    row: 9,
    section: 'CASL s. 10(13)(b)',
    clockStarts: { fr: 'dernier jour de bénévolat', en: 'last day of volunteer work' },
    clock: TWO_YEARS,
    startsAfterDays: 1,
    organisationTypes: DONATION_TYPES,
    name: { fr: 'bénévolat', en: 'volunteer work' },
  },
  membership: {
    row: 10,
    section: 'CASL s. 10(13)(c)',
    clockStarts: { fr: 'fin de l’adhésion', en: 'end of the membership' },
    clock: TWO_YEARS_FROM_THE_END,
    startsAfterDays: 1,
    organisationTypes: ['non-profit-association'],
    name: { fr: 'adhésion', en: 'membership' },
  },
  'published-address': {
    row: 11,
    section: 'CASL s. 10(9)(b)',
    clockStarts: { fr: 'date du relevé', en: 'date of the capture' },
    clock: ONE_YEAR_BY_POLICY,
    startsAfterDays: 1,
    name: { fr: 'adresse publiée', en: 'published address' },
  },
  'disclosed-address': {
    row: 12,
    section: 'CASL s. 10(9)(c)',
    clockStarts: { fr: 'date de la communication', en: 'date of the disclosure' },
    clock: ONE_YEAR_BY_POLICY,
    startsAfterDays: 1,
    name: { fr: 'adresse communiquée', en: 'disclosed address' },
  },
  employee: {
    row: 14,
    section: 'SOR/2013-221 s. 3(a)(i)',
    clockStarts: { fr: 'embauche', en: 'hire' },
    clock: 'open',
    startsAfterDays: 1,
    name: { fr: 'employé', en: 'employee' },
  },
  'organisation-relationship': {
    row: 15,
    section: 'SOR/2013-221 s. 3(a)(ii)',
    clockStarts: { fr: 'début de la relation', en: 'start of the relationship' },
    clock: 'open',
    startsAfterDays: 1,
    name: { fr: 'relation entre organisations', en: 'relationship between organisations' },
  },
};

/** The row that a consent falls under. */
export const ruleOf = (
  consent: Readonly<{ kind: 'express' } | { kind: 'implied'; basis: ImpliedBasis }>,
): BasisRule => (consent.kind === 'express' ? EXPRESS_RULE : BASIS_RULES[consent.basis]);

/** May an organisation of this type rely on the row? (C-06) */
export const isAvailableTo = (rule: BasisRule, organisationType: OrganisationType): boolean =>
  rule.organisationTypes === undefined || rule.organisationTypes.includes(organisationType);
