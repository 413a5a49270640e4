import { ONE_YEAR_BY_POLICY, type BasisRule } from './basis-rule.ts';
import type { ImpliedBasis } from '../consent.ts';
import type { EvidenceGroup } from './evidence.ts';

const RELEVANCE: EvidenceGroup = {
  code: 'relevance',
  name: {
    fr: 'en quoi le message se rapporte à la fonction de la personne (le titre seul ne suffit pas)',
    en: 'how the message relates to the person’s role (a job title alone does not show it)',
  },
  anyOf: ['relevance'],
};

/** Rows 11 and 12: an address that the person published or gave (CASL s. 10(9)(b), (c); C-07). */
export const ADDRESS_RULES = {
  'published-address': {
    row: 11,
    section: 'CASL s. 10(9)(b)',
    name: { fr: 'adresse publiée', en: 'published address' },
    clockStarts: { fr: 'date du relevé', en: 'date of the capture' },
    clock: ONE_YEAR_BY_POLICY,
    starts: 'next-day',
    renewedBy: { fr: 'un nouveau relevé', en: 'a new capture' },
    evidence: [
      {
        code: 'url',
        name: { fr: 'la page où l’adresse est publiée', en: 'the page that publishes the address' },
        anyOf: ['url'],
      },
      {
        code: 'snapshot',
        name: { fr: 'l’empreinte d’une copie de la page', en: 'the hash of a copy of the page' },
        anyOf: ['snapshotHash'],
      },
      {
        code: 'no-refusal',
        name: {
          fr: 'la vérification qu’aucune mention ne refuse les messages',
          en: 'the check that no notice refuses messages',
        },
        anyOf: ['noRefusalChecked'],
      },
      RELEVANCE,
    ],
    regimes: ['casl'],
    labels: [],
  },
  'disclosed-address': {
    row: 12,
    section: 'CASL s. 10(9)(c)',
    name: { fr: 'adresse communiquée', en: 'disclosed address' },
    clockStarts: { fr: 'date de la communication', en: 'date of the disclosure' },
    clock: ONE_YEAR_BY_POLICY,
    starts: 'next-day',
    renewedBy: { fr: 'une nouvelle communication', en: 'a new disclosure' },
    evidence: [
      {
        code: 'how',
        name: { fr: 'comment l’adresse a été communiquée', en: 'how the address was disclosed' },
        anyOf: ['how'],
      },
      {
        code: 'who',
        name: { fr: 'qui l’a reçue', en: 'who received it' },
        anyOf: ['by'],
      },
      RELEVANCE,
    ],
    regimes: ['casl'],
    labels: [],
  },
} as const satisfies Partial<Record<ImpliedBasis, BasisRule>>;
