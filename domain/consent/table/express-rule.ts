import type { BasisRule } from './basis-rule.ts';

/** Row 1. What must be on record: C-18; of an import, its attestation too (C-19). */
export const EXPRESS_RULE: BasisRule = {
  row: 1,
  section: 'CASL s. 10(1); SOR/2012-36 s. 4',
  name: { fr: 'consentement exprès', en: 'express consent' },
  clockStarts: { fr: 'date du consentement', en: 'date of the consent' },
  clock: 'open',
  starts: 'that-day',
  renewedBy: {
    fr: 'rien : il vaut jusqu’à son retrait',
    en: 'nothing: it holds until it is withdrawn',
  },
  evidence: [
    {
      code: 'method',
      name: { fr: 'comment le consentement a été donné', en: 'how consent was given' },
      anyOf: ['method', 'formId'],
    },
    {
      code: 'source',
      name: {
        fr: 'le système, la page ou le message d’où il vient',
        en: 'the system, page or message it comes from',
      },
      anyOf: ['source', 'formId', 'messageId', 'url'],
    },
    {
      code: 'wording',
      name: {
        fr: 'le texte montré, ou le formulaire qui le portait',
        en: 'the wording shown, or the form that bore it',
      },
      anyOf: ['wordingId', 'formId', 'reference', 'document', 'url'],
    },
    {
      code: 'attestation',
      name: {
        fr: 'la personne qui atteste le fichier importé',
        en: 'who attests the imported file',
      },
      anyOf: ['attestedBy'],
      onlyWith: 'importId',
    },
  ],
  regimes: ['casl', 'gdpr'],
  labels: [],
};
