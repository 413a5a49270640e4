import { SIX_MONTHS, TWO_YEARS, TWO_YEARS_FROM_THE_END, type BasisRule } from './basis-rule.ts';
import type { ImpliedBasis } from '../consent.ts';
import type { EvidenceGroup } from './evidence.ts';
import { recordOf } from './record-evidence.ts';

const ACCOUNT_RECORD: EvidenceGroup = {
  code: 'record',
  name: {
    fr: 'le numéro du compte, de l’abonnement ou du prêt',
    en: 'the number of the account, subscription or loan',
  },
  anyOf: ['reference', 'document'],
};

/** Rows 2 to 7: an existing business relationship (CASL s. 10(9)(a), (10)). */
export const BUSINESS_RELATIONSHIP_RULES = {
  purchase: {
    row: 2,
    section: 'CASL s. 10(10)(a)',
    name: { fr: 'achat ou location par la personne', en: 'purchase or lease by the person' },
    clockStarts: { fr: 'dernier achat', en: 'last purchase' },
    clock: TWO_YEARS,
    starts: 'next-day',
    renewedBy: { fr: 'chaque nouvel achat', en: 'each new purchase' },
    evidence: [recordOf({ fr: 'le numéro de la facture', en: 'the number of the invoice' })],
    regimes: ['casl', 'gdpr'],
    labels: ['customer'],
  },
  'business-opportunity': {
    row: 3,
    section: 'CASL s. 10(10)(b)',
    name: { fr: 'possibilité d’affaires acceptée', en: 'business opportunity accepted' },
    clockStarts: { fr: 'acceptation', en: 'acceptance' },
    clock: TWO_YEARS,
    starts: 'next-day',
    renewedBy: { fr: 'une nouvelle acceptation', en: 'a new acceptance' },
    evidence: [
      recordOf({
        fr: 'le document qui montre l’acceptation',
        en: 'the document that shows acceptance',
      }),
    ],
    regimes: ['casl'],
    labels: ['partner'],
  },
  barter: {
    row: 4,
    section: 'CASL s. 10(10)(c)',
    name: { fr: 'troc', en: 'barter' },
    clockStarts: { fr: 'date du troc', en: 'date of the barter' },
    clock: TWO_YEARS,
    starts: 'next-day',
    renewedBy: { fr: 'un nouveau troc', en: 'a new barter' },
    evidence: [
      recordOf({ fr: 'le document qui montre le troc', en: 'the document that shows the barter' }),
    ],
    regimes: ['casl'],
    labels: ['supplier', 'partner'],
  },
  contract: {
    row: 5,
    section: 'CASL s. 10(10)(d)',
    name: { fr: 'contrat écrit', en: 'written contract' },
    clockStarts: { fr: 'fin du contrat', en: 'end of the contract' },
    clock: TWO_YEARS,
    starts: 'in-force',
    renewedBy: { fr: 'la reconduction du contrat', en: 'renewal of the contract' },
    evidence: [recordOf({ fr: 'le numéro du contrat', en: 'the number of the contract' })],
    regimes: ['casl'],
    labels: ['supplier', 'partner'],
  },
  inquiry: {
    row: 6,
    section: 'CASL s. 10(10)(e)',
    name: { fr: 'demande de renseignements', en: 'inquiry' },
    clockStarts: { fr: 'date de la demande', en: 'date of the inquiry' },
    clock: SIX_MONTHS,
    starts: 'next-day',
    renewedBy: { fr: 'une nouvelle demande', en: 'a new inquiry' },
    evidence: [
      recordOf({ fr: 'le message ou le formulaire', en: 'the message or form' }, [
        'messageId',
        'formId',
      ]),
    ],
    regimes: ['casl'],
    labels: [],
  },
  'ongoing-account': {
    row: 7,
    section: 'CASL s. 10(14)(a)',
    name: { fr: 'abonnement, compte ou prêt', en: 'subscription, account or loan' },
    clockStarts: {
      fr: 'fin du compte ou de l’abonnement',
      en: 'end of the account or subscription',
    },
    clock: TWO_YEARS_FROM_THE_END,
    starts: 'in-force',
    renewedBy: { fr: 'la réouverture du compte', en: 'reopening of the account' },
    evidence: [ACCOUNT_RECORD],
    regimes: ['casl', 'gdpr'],
    labels: ['customer'],
  },
} as const satisfies Partial<Record<ImpliedBasis, BasisRule>>;
