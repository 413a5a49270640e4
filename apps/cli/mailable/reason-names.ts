import type { ReasonCode } from '#domain/consent/index';
import type { Bilingual } from '#domain/kernel/index';

/** Reasons in a few words, for counts; what each means for one person is said by `recipient explain`. */
export const REASON_NAMES: Readonly<Record<ReasonCode, Bilingual>> = {
  'express-consent': { fr: 'consentement exprès', en: 'express consent' },
  'implied-consent': { fr: 'consentement tacite', en: 'implied consent' },
  'consent-expired': { fr: 'consentement tacite échu', en: 'implied consent that has ended' },
  'no-consent': { fr: 'aucun consentement', en: 'no consent' },
  'not-before-next-day': { fr: 'pas avant le lendemain', en: 'not before the next day' },
  'unsubscribed-all': { fr: 'désabonnement de tout', en: 'unsubscribed from everything' },
  'unsubscribed-list': { fr: 'désabonnement de la liste', en: 'unsubscribed from the list' },
  'not-on-list': { fr: 'pas sur la liste', en: 'not on the list' },
  unconfirmed: { fr: 'abonnement non confirmé', en: 'subscription not confirmed' },
  complaint: { fr: 'plainte', en: 'complaint' },
  'invalid-address': { fr: 'adresse invalide', en: 'invalid address' },
  erased: { fr: 'personne effacée', en: 'person erased' },
  restricted: { fr: 'usage des données suspendu', en: 'use of the data suspended' },
  'privacy-basis': { fr: 'motif d’utilisation des données', en: 'privacy basis' },
  'no-privacy-basis': { fr: 'aucun motif d’utilisation des données', en: 'no privacy basis' },
  'soft-opt-in': { fr: 'exception pour la clientèle (RGPD)', en: 'soft opt-in (GDPR)' },
  'foreign-law': { fr: 'loi d’un autre pays', en: 'law of another country' },
  'basis-not-available': { fr: 'fondement non permis', en: 'basis not available' },
  'evidence-missing': { fr: 'preuve manquante', en: 'evidence missing' },
  transactional: { fr: 'message transactionnel', en: 'transactional message' },
  reply: { fr: 'réponse à une demande', en: 'reply to a request' },
  'unknown-recipient': { fr: 'personne inconnue', en: 'person not known' },
};
