import type { Bilingual } from '#domain/kernel/index';
import type { ImpliedBasis } from './consent.ts';

/** What lies between a person and who writes to them, said to the person; a day follows. */
export const RELATION_WORDS: Readonly<Record<ImpliedBasis, Bilingual>> = {
  purchase: { fr: 'votre achat ou location, le', en: 'your purchase or lease, on' },
  'business-opportunity': {
    fr: 'une possibilité d’affaires que vous avez acceptée, le',
    en: 'a business opportunity that you accepted, on',
  },
  barter: { fr: 'un troc avec vous, le', en: 'a barter with you, on' },
  contract: { fr: 'notre contrat, jusqu’au', en: 'our contract, until' },
  inquiry: { fr: 'votre demande, le', en: 'your inquiry, on' },
  'ongoing-account': {
    fr: 'votre abonnement ou compte, jusqu’au',
    en: 'your subscription or account, until',
  },
  donation: { fr: 'votre don, le', en: 'your donation, on' },
  volunteer: { fr: 'votre bénévolat, le', en: 'your volunteer work, on' },
  membership: { fr: 'votre adhésion, jusqu’au', en: 'your membership, until' },
  'published-address': {
    fr: 'votre adresse professionnelle publiée, relevée le',
    en: 'your published business address, noted on',
  },
  'disclosed-address': {
    fr: 'l’adresse que vous nous avez communiquée, le',
    en: 'the address that you gave us, on',
  },
  employee: { fr: 'votre emploi chez nous, depuis le', en: 'your work with us, since' },
  'organisation-relationship': {
    fr: 'la relation entre nos organisations, depuis le',
    en: 'the relationship between our organisations, since',
  },
};
