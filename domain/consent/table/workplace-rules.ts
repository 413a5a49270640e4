import type { BasisRule } from './basis-rule.ts';
import type { ImpliedBasis } from '../consent.ts';

/**
 * Rows 14 and 15: messages between people of one organisation or of two. They last as long as the
 * relationship, so only an end that the account sets stops them.
 */
export const WORKPLACE_RULES = {
  employee: {
    row: 14,
    section: 'SOR/2013-221 s. 3(a)(i)',
    name: { fr: 'employé', en: 'employee' },
    clockStarts: { fr: 'embauche', en: 'hire' },
    clock: 'open',
    starts: 'next-day',
    renewedBy: {
      fr: 'rien : il dure autant que l’emploi',
      en: 'nothing: it lasts as long as the employment',
    },
    evidence: [
      {
        code: 'record',
        name: { fr: 'la preuve de l’emploi', en: 'the proof of employment' },
        anyOf: ['reference', 'document'],
      },
    ],
    regimes: ['casl'],
    labels: ['employee'],
  },
  'organisation-relationship': {
    row: 15,
    section: 'SOR/2013-221 s. 3(a)(ii)',
    name: { fr: 'relation entre organisations', en: 'relationship between organisations' },
    clockStarts: { fr: 'début de la relation', en: 'start of the relationship' },
    clock: 'open',
    starts: 'next-day',
    renewedBy: {
      fr: 'rien : il dure autant que la relation',
      en: 'nothing: it lasts as long as the relationship',
    },
    evidence: [
      {
        code: 'record',
        name: {
          fr: 'la preuve de la relation avec l’organisation, et non avec un de ses employés',
          en: 'the proof of the relationship with the organisation, not with one of its employees',
        },
        anyOf: ['reference', 'document'],
      },
    ],
    regimes: ['casl'],
    labels: ['supplier', 'partner'],
  },
} as const satisfies Partial<Record<ImpliedBasis, BasisRule>>;
