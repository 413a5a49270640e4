import type { Bilingual } from '#domain/kernel/index';

/** Words that businesses have for the people they write to. None of them is a basis of the law (C-05). */
export const BUSINESS_LABELS = [
  'customer',
  'supplier',
  'partner',
  'employee',
  'member',
  'donor',
  'volunteer',
] as const;
export type BusinessLabel = (typeof BUSINESS_LABELS)[number];

export const LABEL_NAMES: Readonly<Record<BusinessLabel, Bilingual>> = {
  customer: { fr: 'client', en: 'customer' },
  supplier: { fr: 'fournisseur', en: 'supplier' },
  partner: { fr: 'partenaire', en: 'partner' },
  employee: { fr: 'employé', en: 'employee' },
  member: { fr: 'membre', en: 'member' },
  donor: { fr: 'donateur', en: 'donor' },
  volunteer: { fr: 'bénévole', en: 'volunteer' },
};
