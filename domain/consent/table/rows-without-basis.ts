import type { Bilingual } from '#domain/kernel/index';

/** A row of the decision table that no message to a list may rest on, and why. */
export type RowWithoutBasis = Readonly<{
  row: number;
  code: string;
  section: string;
  name: Bilingual;
  /** What the row does, and why a message to a list cannot rest on it. */
  effect: Bilingual;
}>;

/** Rows 0, 13, 16, 17 and 18. */
export const ROWS_WITHOUT_BASIS: readonly RowWithoutBasis[] = [
  {
    row: 0,
    code: 'suppressed',
    section: 'CASL s. 6(1); CASL s. 11(3)',
    name: {
      fr: 'désabonnement, plainte, adresse invalide, effacement',
      en: 'unsubscribed, complaint, invalid address, erased',
    },
    effect: {
      fr: 'Refuse, avant toute autre règle. Seuls un nouveau consentement exprès de la personne ou une réactivation manuelle, une personne à la fois, y mettent fin ; seul l’exploitant de la plateforme corrige une adresse tenue à tort pour invalide.',
      en: 'Denies, before any other rule. Only a new express consent of the person or a manual reactivation, one person at a time, ends it; only the operator of the platform corrects an address wrongly taken for invalid.',
    },
  },
  {
    row: 13,
    code: 'referral',
    section: 'SOR/2013-221 s. 4',
    name: { fr: 'recommandation', en: 'referral' },
    effect: {
      fr: 'Ne vaut que pour le premier message, qui doit nommer en entier la personne qui recommande : jamais pour un envoi à une liste.',
      en: 'Holds for the first message only, which must give the full name of whoever referred the person: never for a message to a list.',
    },
  },
  {
    row: 16,
    code: 'family',
    section: 'CASL s. 6(5)(a); SOR/2013-221 s. 2',
    name: { fr: 'liens familiaux ou personnels', en: 'family or personal relationship' },
    effect: {
      fr: 'Ne vaut qu’entre deux personnes physiques : jamais pour une organisation.',
      en: 'Holds between two individuals only: never for an organisation.',
    },
  },
  {
    row: 17,
    code: 'transactional',
    section: 'CASL s. 6(6)',
    name: {
      fr: 'soumission, opération, garantie, rappel, avis factuel',
      en: 'quote, transaction, warranty, recall, factual notice',
    },
    effect: {
      fr: 'Le consentement n’est pas exigé ; le contenu et le désabonnement le restent. Une infolettre n’est jamais de cette classe.',
      en: 'Consent is not needed; the content and the unsubscribe mechanism still are. A newsletter is never of this class.',
    },
  },
  {
    row: 18,
    code: 'reply',
    section: 'SOR/2013-221 s. 3(b)',
    name: {
      fr: 'réponse à une demande, avis juridique, collecte de fonds d’un organisme de bienfaisance',
      en: 'reply to a request, legal notice, fundraising of a charity',
    },
    effect: {
      fr: 'L’article 6 ne s’applique pas. Le produit ne s’en sert que pour répondre à la personne, par exemple par le courriel de confirmation.',
      en: 'Section 6 does not apply. The product uses it only to answer the person, as with a confirmation mail.',
    },
  },
];
