import type { Bilingual } from '#domain/kernel/index';

type Words = Readonly<Record<string, Bilingual>>;

/** What a message rests on: `express`, or a basis of implied consent. */
export const BASES: Words = {
  express: { fr: 'consentement exprès', en: 'express consent' },
  transactional: { fr: 'message transactionnel', en: 'transactional message' },
  reply: { fr: 'réponse à une demande', en: 'answer to a request' },
  purchase: { fr: 'achat', en: 'purchase' },
  'business-opportunity': {
    fr: 'occasion d’affaires acceptée',
    en: 'accepted business opportunity',
  },
  barter: { fr: 'troc', en: 'barter' },
  contract: { fr: 'contrat', en: 'contract' },
  inquiry: { fr: 'demande de renseignements', en: 'inquiry' },
  'ongoing-account': { fr: 'abonnement ou compte en cours', en: 'ongoing account' },
  donation: { fr: 'don', en: 'donation' },
  volunteer: { fr: 'bénévolat', en: 'volunteer work' },
  membership: { fr: 'adhésion', en: 'membership' },
  'published-address': { fr: 'adresse publiée', en: 'published address' },
  'disclosed-address': { fr: 'adresse communiquée', en: 'disclosed address' },
  employee: { fr: 'emploi', en: 'employment' },
  'organisation-relationship': {
    fr: 'relation entre organisations',
    en: 'relationship between organisations',
  },
};

export const PRIVACY_BASES: Words = {
  express: { fr: 'consentement exprès', en: 'express consent' },
  'informed-at-collection': { fr: 'informée lors de la collecte', en: 'informed at collection' },
  'business-contact': { fr: 'coordonnées professionnelles', en: 'business contact' },
};

/** How closely reading is followed. */
export const TRACKING: Words = {
  off: { fr: 'aucun', en: 'none' },
  aggregate: { fr: 'en chiffres globaux seulement', en: 'in total only' },
  hygiene: { fr: 'date de la dernière lecture', en: 'date of the last reading' },
  individual: { fr: 'lectures et clics de la personne', en: 'the person’s reading and clicks' },
};

/** Why a message was not sent. */
export const SKIP_REASONS: Words = {
  'consent-expired': { fr: 'le consentement a expiré', en: 'the consent has expired' },
  'no-consent': { fr: 'aucun consentement', en: 'there is no consent' },
  'not-before-next-day': {
    fr: 'le consentement ne vaut qu’à partir du lendemain',
    en: 'the consent counts from the next day on',
  },
  'unsubscribed-all': { fr: 'désabonnée de tout', en: 'unsubscribed from everything' },
  'unsubscribed-list': { fr: 'désabonnée de la liste', en: 'unsubscribed from the list' },
  'not-on-list': { fr: 'ne figure pas sur la liste', en: 'not on the list' },
  unconfirmed: { fr: 'inscription non confirmée', en: 'subscription not confirmed' },
  complaint: { fr: 'plainte pour pourriel', en: 'spam complaint' },
  'invalid-address': { fr: 'adresse invalide', en: 'invalid address' },
  erased: { fr: 'données effacées', en: 'data erased' },
  restricted: { fr: 'utilisation restreinte', en: 'use restricted' },
  'no-privacy-basis': {
    fr: 'aucun motif d’utilisation des données',
    en: 'no basis to use the personal data',
  },
  'foreign-law': { fr: 'une autre loi s’applique', en: 'another law applies' },
  'basis-not-available': {
    fr: 'motif non ouvert à cette organisation',
    en: 'basis not open to this organisation',
  },
  'evidence-missing': { fr: 'preuve manquante', en: 'evidence missing' },
  'unknown-recipient': { fr: 'destinataire inconnu', en: 'unknown recipient' },
  'express-consent': {
    fr: 'consentement exprès donné entre-temps',
    en: 'express consent given in the meantime',
  },
  'consent-refused': {
    fr: 'la personne ne veut plus être sollicitée',
    en: 'the person does not want to be asked again',
  },
  'request-outdated': {
    fr: 'la demande n’a plus lieu d’être',
    en: 'the request no longer applies',
  },
  'campaign-cancelled': { fr: 'campagne annulée', en: 'campaign cancelled' },
  'check-failed': {
    fr: 'le message n’a pas passé le contrôle de sortie',
    en: 'the message failed the outgoing check',
  },
  'already-received': {
    fr: 'infolettre déjà reçue ou prévue',
    en: 'newsletter already received or planned',
  },
};
