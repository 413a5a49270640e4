import type { Bilingual } from '#domain/kernel/index';
import type { RecordName } from '#domain/recipient/index';
import type { NotStated, ReceiptPurpose } from './receipt-document.ts';

const notStated = (fr: string, en: string): NotStated => ({ stated: false, note: { fr, en } });

/** What holds where the account has said nothing. Each sentence is true of every installation. */
export const NOT_STATED = {
  storage: notStated(
    'L’émetteur n’a pas indiqué de lieu. Les renseignements sont gardés dans les systèmes de l’exploitant de la plateforme d’envoi.',
    'The issuer has not named a place. The data are kept in the systems of the operator of the sending platform.',
  ),
  retention: notStated(
    'L’émetteur n’a pas indiqué de durée. Les renseignements sont gardés jusqu’à ce que la personne soit effacée ; restent alors l’historique sans eux et ce qui empêche de lui écrire de nouveau.',
    'The issuer has not named a period. The data are kept until the person is erased; then the history without them stays, and what keeps them from being written to again.',
  ),
  thirdParties: notStated(
    'L’émetteur n’a nommé aucun tiers. Les messages passent par l’exploitant de la plateforme et par le relais de courriel dont il se sert.',
    'The issuer has named no third party. Messages pass through the operator of the platform and the mail relay that it uses.',
  ),
  operator: notStated(
    'L’exploitant de la plateforme d’envoi n’est pas nommé au dossier.',
    'The operator of the sending platform is not named on record.',
  ),
  onBehalf: notStated(
    'L’émetteur ne donne que le nom de ceux au nom de qui il écrit.',
    'The issuer gives only the name of those on whose behalf it writes.',
  ),
  contacts: notStated(
    'Les coordonnées de l’émetteur ont été détruites.',
    'The contacts of the issuer were destroyed.',
  ),
} as const;

type Words = Readonly<{
  purpose: Bilingual;
  purposeType: ReceiptPurpose['purpose_type'];
  withdrawal: Bilingual;
}>;

/** What each record is for, where no wording said it, and how the person ends it. */
export const RECORD_WORDS: Readonly<Record<RecordName, Words>> = {
  'permission-to-send': {
    purpose: {
      fr: 'Envoyer des messages électroniques commerciaux par courriel',
      en: 'Sending commercial electronic messages by e-mail',
    },
    purposeType: 'direct-marketing',
    withdrawal: {
      fr: 'Par le lien de désabonnement de chaque message, sans frais et à tout moment, ou en écrivant à l’émetteur.',
      en: 'By the unsubscribe link in each message, free and at any time, or by writing to the issuer.',
    },
  },
  'privacy-basis': {
    purpose: {
      fr: 'Tenir les renseignements nécessaires pour écrire à la personne',
      en: 'Keeping the data that are needed to write to the person',
    },
    purposeType: 'recipient-management',
    withdrawal: {
      fr: 'En écrivant à la personne responsable de la protection des renseignements personnels.',
      en: 'By writing to the person in charge of the protection of personal information.',
    },
  },
  tracking: {
    purpose: {
      fr: 'Mesurer comment les messages sont lus',
      en: 'Measuring how messages are read',
    },
    purposeType: 'reading-measurement',
    withdrawal: {
      fr: 'Sur la page des préférences de la personne, à tout moment, ou en écrivant à l’émetteur.',
      en: 'On the person’s page of preferences, at any time, or by writing to the issuer.',
    },
  },
};
