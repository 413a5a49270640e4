import type { Bilingual } from '#domain/kernel/index';

/** A law in force. Bills and proposals are not rules of this product (P-04). */
export type EnactedLaw = Readonly<{
  /** As sections are cited: `CASL s. 10(1)`. */
  short: string;
  name: Bilingual;
  citation: Bilingual;
  /** Since when its rules cited here are in force. */
  inForce: string;
}>;

export const ENACTED_LAWS: readonly EnactedLaw[] = [
  {
    short: 'CASL',
    name: { fr: 'Loi canadienne anti-pourriel', en: 'Canada’s anti-spam legislation' },
    citation: { fr: 'L.C. 2010, ch. 23', en: 'S.C. 2010, c. 23' },
    inForce: '2014-07-01',
  },
  {
    short: 'SOR/2013-221',
    name: {
      fr: 'Règlement sur la protection du commerce électronique',
      en: 'Electronic Commerce Protection Regulations',
    },
    citation: { fr: 'DORS/2013-221', en: 'SOR/2013-221' },
    inForce: '2014-07-01',
  },
  {
    short: 'SOR/2012-36',
    name: {
      fr: 'Règlement sur la protection du commerce électronique (CRTC)',
      en: 'Electronic Commerce Protection Regulations (CRTC)',
    },
    citation: { fr: 'DORS/2012-36', en: 'SOR/2012-36' },
    inForce: '2014-07-01',
  },
  {
    short: 'Interpretation Act',
    name: { fr: 'Loi d’interprétation', en: 'Interpretation Act' },
    citation: { fr: 'L.R.C. 1985, ch. I-21', en: 'R.S.C. 1985, c. I-21' },
    inForce: '1988-12-12',
  },
  {
    short: 'P-39.1',
    name: {
      fr: 'Loi sur la protection des renseignements personnels dans le secteur privé (« Loi 25 »)',
      en: 'Act respecting the protection of personal information in the private sector (“Law 25”)',
    },
    citation: { fr: 'RLRQ, c. P-39.1', en: 'CQLR, c. P-39.1' },
    inForce: '2023-09-22',
  },
  {
    short: 'GDPR',
    name: {
      fr: 'Règlement général sur la protection des données',
      en: 'General Data Protection Regulation',
    },
    citation: { fr: 'Règlement (UE) 2016/679', en: 'Regulation (EU) 2016/679' },
    inForce: '2018-05-25',
  },
  {
    short: 'ePrivacy',
    name: {
      fr: 'Directive vie privée et communications électroniques',
      en: 'Directive on privacy and electronic communications',
    },
    citation: { fr: 'Directive 2002/58/CE', en: 'Directive 2002/58/EC' },
    inForce: '2003-10-31',
  },
  {
    short: 'PECR',
    name: {
      fr: 'Règlement du Royaume-Uni sur la vie privée et les communications électroniques',
      en: 'Privacy and Electronic Communications (EC Directive) Regulations 2003',
    },
    citation: { fr: 'S.I. 2003/2426', en: 'S.I. 2003/2426' },
    inForce: '2003-12-11',
  },
];

/** The laws that a section names (several are parted by `;`); undefined for one that is not listed. */
export const lawsOf = (section: string): readonly (EnactedLaw | undefined)[] =>
  section
    .split('; ')
    .map((cited) => ENACTED_LAWS.find(({ short }) => cited.startsWith(`${short} `)));
