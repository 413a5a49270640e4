import { TWO_YEARS, TWO_YEARS_FROM_THE_END, type BasisRule } from './basis-rule.ts';
import type { ImpliedBasis } from '../consent.ts';
import { recordOf } from './record-evidence.ts';

const DONATION_TYPES = ['registered-charity', 'political'] as const;

/** Rows 8 to 10: an existing non-business relationship, of the organisations that the Act names (C-06). */
export const NON_BUSINESS_RELATIONSHIP_RULES = {
  donation: {
    row: 8,
    section: 'CASL s. 10(13)(a)',
    name: { fr: 'don', en: 'donation' },
    clockStarts: { fr: 'date du don', en: 'date of the gift' },
    clock: TWO_YEARS,
    starts: 'next-day',
    renewedBy: { fr: 'un nouveau don', en: 'a new gift' },
    evidence: [recordOf({ fr: 'le numéro du reçu', en: 'the number of the receipt' })],
    organisationTypes: DONATION_TYPES,
    regimes: ['casl'],
    labels: ['donor'],
  },
  volunteer: {
    row: 9,
    section: 'CASL s. 10(13)(b)',
    name: { fr: 'bénévolat ou réunion', en: 'volunteer work or meeting attended' },
    clockStarts: { fr: 'dernier jour de bénévolat', en: 'last day of volunteer work' },
    clock: TWO_YEARS,
    starts: 'next-day',
    renewedBy: { fr: 'un nouveau jour de bénévolat', en: 'another day of volunteer work' },
    evidence: [recordOf({ fr: 'la liste de présence', en: 'the roster' })],
    organisationTypes: DONATION_TYPES,
    regimes: ['casl'],
    labels: ['volunteer'],
  },
  membership: {
    row: 10,
    section: 'CASL s. 10(13)(c); CASL s. 10(14)(b); SOR/2013-221 s. 7',
    name: { fr: 'adhésion', en: 'membership' },
    clockStarts: { fr: 'fin de l’adhésion', en: 'end of the membership' },
    clock: TWO_YEARS_FROM_THE_END,
    starts: 'in-force',
    renewedBy: { fr: 'le renouvellement de l’adhésion', en: 'renewal of the membership' },
    evidence: [recordOf({ fr: 'le registre des membres', en: 'the register of members' })],
    organisationTypes: ['non-profit-association'],
    regimes: ['casl'],
    labels: ['member'],
  },
} as const satisfies Partial<Record<ImpliedBasis, BasisRule>>;
