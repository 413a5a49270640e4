import type { PrivacyBasisKind } from '../consent.ts';
import { reasonBy, type ReasonRule } from '../reason-rules.ts';
import type { Question, Verdict } from './verdict.ts';

/** Prospecting is never a purpose consistent with another, so a purchase alone does not allow it (P-01). */
export const NO_PRIVACY_BASIS: ReasonRule = {
  code: 'no-privacy-basis',
  regime: 'law25',
  rule: 'P-01',
  section: 'P-39.1 s. 12',
  text: {
    fr: 'Aucun fondement n’est consigné pour utiliser les renseignements de la personne à des fins de prospection ; la permission d’envoyer n’en est pas un.',
    en: 'No basis is on record for using the person’s data for prospecting; the permission to send is none.',
  },
};

export const PRIVACY_BASIS_RULES: Readonly<Record<PrivacyBasisKind, ReasonRule>> = {
  express: {
    code: 'privacy-basis',
    regime: 'law25',
    rule: 'P-01',
    section: 'P-39.1 s. 12; P-39.1 s. 14',
    text: {
      fr: 'La personne a consenti expressément à cet usage de ses renseignements.',
      en: 'The person consented expressly to this use of their data.',
    },
  },
  'informed-at-collection': {
    code: 'privacy-basis',
    regime: 'law25',
    rule: 'P-01',
    section: 'P-39.1 s. 8; P-39.1 s. 8.3',
    text: {
      fr: 'La personne a été informée, à la collecte, de l’usage pour les infolettres.',
      en: 'The person was told of the use for newsletters when the data was collected.',
    },
  },
  'business-contact': {
    code: 'privacy-basis',
    regime: 'law25',
    rule: 'P-02',
    section: 'P-39.1 s. 1',
    text: {
      fr: 'Ce sont les coordonnées professionnelles de la personne, exclues de ces règles.',
      en: 'These are the person’s business contact details, which the rules exclude.',
    },
  },
};

/** Law 25: a privacy basis, a record apart from any permission to send. */
export const law25 = ({ standing: { privacyBasis } }: Question): Verdict =>
  privacyBasis === undefined
    ? { allow: false, reasons: [reasonBy(NO_PRIVACY_BASIS, [])] }
    : {
        allow: true,
        reasons: [reasonBy(PRIVACY_BASIS_RULES[privacyBasis.kind], [privacyBasis.revision])],
      };
