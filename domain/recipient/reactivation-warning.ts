import type { Bilingual } from '#domain/kernel/index';
import type { Recipient } from './state.ts';

export type ReactivationWarning = Readonly<{ warningId: string; text: Bilingual }>;

/** A changed wording gets a new number, so that the ledger proves which one was acknowledged (UNS-6). */
const WORDING_VERSION = 1;

const AFTER_COMPLAINT: Bilingual = {
  fr: 'Cette personne s’est plainte d’un de vos messages. Lui écrire de nouveau sans son accord clair peut enfreindre la loi (LCAP, art. 6 et 11) et nuire à tous vos envois. Ne continuez que si elle l’a demandé et que vous pouvez le prouver.',
  en: 'This person complained about one of your messages. Writing to them again without their clear agreement can break the law (CASL s. 6 and 11) and harm all of your mail. Go on only if they asked for it and you can prove it.',
};
const AFTER_UNSUBSCRIPTION: Bilingual = {
  fr: 'Cette personne s’est désabonnée. Lui écrire de nouveau sans son accord peut enfreindre la loi (LCAP, art. 6 et 11). Ne continuez que si elle l’a demandé et que vous pouvez le prouver ; votre nom, la date et votre motif seront consignés.',
  en: 'This person unsubscribed. Writing to them again without their agreement can break the law (CASL s. 6 and 11). Go on only if they asked for it and you can prove it; your name, the date and your reason will be recorded.',
};

/** What must be read and acknowledged before a reactivation. Its id changes whenever the recipient does. */
export const reactivationWarning = (recipient: Recipient): ReactivationWarning => {
  const kind = recipient.complained === undefined ? 'unsubscription' : 'complaint';
  return {
    warningId: `${kind}-v${WORDING_VERSION}-${recipient.revision}`,
    text: kind === 'complaint' ? AFTER_COMPLAINT : AFTER_UNSUBSCRIPTION,
  };
};
