import type { Bilingual } from '#domain/kernel/index';
import type { ReceiptRecord, RecordName } from '#domain/recipient/index';

/** What the three records are called where people read. */
export const RECORD_TITLES: Readonly<Record<RecordName, Bilingual>> = {
  'permission-to-send': { fr: 'Consentement aux envois', en: 'Permission to send' },
  'privacy-basis': { fr: 'Motif d’utilisation des renseignements', en: 'Basis to use the data' },
  tracking: { fr: 'Suivi des lectures', en: 'Following of reading' },
};

/** How a record stands, or what an event did. */
export const STATE_NAMES: Readonly<Record<ReceiptRecord['state'], Bilingual>> = {
  requested: { fr: 'demandé', en: 'requested' },
  given: { fr: 'donné', en: 'given' },
  confirmed: { fr: 'donné et confirmé', en: 'given and confirmed' },
  refused: { fr: 'refusé', en: 'refused' },
  withdrawn: { fr: 'retiré', en: 'withdrawn' },
  superseded: { fr: 'remplacé', en: 'superseded' },
  expired: { fr: 'échu', en: 'expired' },
  invalidated: { fr: 'non retenu', en: 'invalidated' },
  none: { fr: 'rien au dossier', en: 'nothing on record' },
};
