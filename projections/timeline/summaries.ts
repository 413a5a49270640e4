import { claimText } from '#domain/consent/index';
import type { DeliveryEvent } from '#domain/delivery/index';
import type { Bilingual } from '#domain/kernel/index';
import type { RecipientEvent } from '#domain/recipient/index';
import { BASES, PRIVACY_BASES, SKIP_REASONS, TRACKING } from './words.ts';

type Told = RecipientEvent | DeliveryEvent;
type DataOf<T extends Told['type']> = Extract<Told, { type: T }>['data'];
type Summaries = { readonly [T in Told['type']]: (data: DataOf<T>) => Bilingual };

const say = (fr: string, en: string): Bilingual => ({ fr, en });

const lists = (listIds: readonly string[]): Bilingual => {
  const count = listIds.length;
  return say(
    count === 1 ? '1 liste' : `${count} listes`,
    count === 1 ? '1 list' : `${count} lists`,
  );
};

/** Of a code that has no words here, the code itself. */
const worded = (words: Readonly<Record<string, Bilingual>>, code: string): Bilingual =>
  (Object.hasOwn(words, code) ? words[code] : undefined) ?? say(code, code);

const recipientSummaries = {
  RecipientSubscribed: ({ optIn, listIds }) => {
    if (listIds.length === 0) return say('Ajout sans liste', 'Added without a list');
    const { fr, en } = lists(listIds);
    return optIn === 'single'
      ? say(`Inscription à ${fr}`, `Subscribed to ${en}`)
      : say(
          `Demande d’inscription à ${fr}, en attente de confirmation`,
          `Asked to subscribe to ${en}, waiting for confirmation`,
        );
  },
  SubscriptionConfirmed: ({ listIds, liftsSuppression }) => {
    const { fr, en } = lists(listIds);
    return liftsSuppression
      ? say(
          `Inscription à ${fr} confirmée par la personne ; son refus précédent ne vaut plus`,
          `Subscription to ${en} confirmed by the person; their earlier refusal no longer applies`,
        )
      : say(
          `Inscription à ${fr} confirmée par la personne`,
          `Subscription to ${en} confirmed by the person`,
        );
  },
  ListsJoined: ({ optIn, listIds }) => {
    if (listIds.length === 0) {
      return say(
        'Accord donné sur une page, en attente de confirmation',
        'Agreed on a page, waiting for confirmation',
      );
    }
    const { fr, en } = lists(listIds);
    return optIn === 'single'
      ? say(`Ajout à ${fr}`, `Joined ${en}`)
      : say(
          `Demande d’ajout à ${fr}, en attente de confirmation`,
          `Asked to join ${en}, waiting for confirmation`,
        );
  },
  ListsLeft: ({ listIds }) => {
    const { fr, en } = lists(listIds);
    return say(`Retrait de ${fr}`, `Taken off ${en}`);
  },
  ExpressConsentGiven: ({ date, confirmedAt }) =>
    confirmedAt === undefined
      ? say(`Consentement exprès du ${date}`, `Express consent given on ${date}`)
      : say(
          `Consentement exprès du ${date}, confirmé par l’adresse`,
          `Express consent given on ${date}, confirmed from the address`,
        ),
  ImpliedConsentRecorded: ({ basis, date, expiresOn }) => {
    const { fr, en } = worded(BASES, basis);
    return expiresOn === undefined
      ? say(
          `Consentement tacite du ${date} : ${fr}`,
          `Implied consent recorded as of ${date}: ${en}`,
        )
      : say(
          `Consentement tacite du ${date} au ${expiresOn} : ${fr}`,
          `Implied consent recorded from ${date} to ${expiresOn}: ${en}`,
        );
  },
  ConsentSuperseded: ({ basis }) => {
    const { fr, en } = worded(BASES, basis);
    return say(
      `Consentement tacite antérieur remplacé : ${fr}`,
      `Earlier implied consent replaced: ${en}`,
    );
  },
  ConsentExpired: ({ basis, lastDay }) => {
    const { fr, en } = worded(BASES, basis);
    return say(
      `Consentement tacite échu, dernier jour le ${lastDay} : ${fr}`,
      `Implied consent lapsed, its last day was ${lastDay}: ${en}`,
    );
  },
  ConsentClaimRejected: (claim) => claimText(claim),
  ConsentRequested: ({ lastDay, daysBefore }) =>
    daysBefore === undefined
      ? say(
          `Consentement exprès demandé dans une infolettre, avant le ${lastDay}`,
          `Express consent asked for in a newsletter, before ${lastDay}`,
        )
      : say(
          `Consentement exprès demandé avant le ${lastDay} (demande des ${daysBefore} jours)`,
          `Express consent asked for before ${lastDay} (the ${daysBefore}-day request)`,
        ),
  ConsentRefused: () =>
    say(
      'La personne ne veut plus qu’on lui demande son consentement',
      'The person does not want to be asked for consent again',
    ),
  ConsentWithdrawn: ({ date }) =>
    say(`Consentement retiré le ${date}`, `Consent withdrawn on ${date}`),
  PrivacyBasisRecorded: ({ kind }) => {
    const { fr, en } = worded(PRIVACY_BASES, kind);
    return say(
      `Motif d’utilisation des données : ${fr}`,
      `Basis to use the personal data recorded: ${en}`,
    );
  },
  TrackingConsentGiven: ({ mode, date }) => {
    const { fr, en } = worded(TRACKING, mode);
    return say(
      `Accord du ${date} pour le suivi de lecture : ${fr}`,
      `Agreed on ${date} to reading being followed: ${en}`,
    );
  },
  TrackingConsentWithdrawn: ({ mode, by }) => {
    const { fr, en } = worded(TRACKING, mode);
    return by === 'person'
      ? say(
          `Suivi de lecture réduit par la personne : ${fr}`,
          `Tracking lowered by the person: ${en}`,
        )
      : say(`Suivi de lecture réduit : ${fr}`, `Tracking lowered: ${en}`);
  },
  LanguageChanged: ({ language, previous }) =>
    say(
      `Langue : ${previous} devient ${language}`,
      `Language changed from ${previous} to ${language}`,
    ),
  ProfileChanged: ({ keys, jurisdiction }) => {
    const names = [...keys, ...(jurisdiction === undefined ? [] : ['jurisdiction'])].join(', ');
    return say(`Profil modifié : ${names}`, `Profile changed: ${names}`);
  },
  RecipientUnsubscribed: ({ scope }) => {
    if (scope === 'all') return say('Désabonnement de tout', 'Unsubscribed from everything');
    const { fr, en } = lists(scope);
    return say(`Désabonnement de ${fr}`, `Unsubscribed from ${en}`);
  },
  RecipientReactivated: () =>
    say(
      'Réactivation après un désabonnement, avertissement reconnu',
      'Reactivated after an unsubscription, with the warning acknowledged',
    ),
  AddressInvalidated: ({ cause }) =>
    cause === 'bounce'
      ? say('Adresse invalide : les messages reviennent', 'Address invalid: messages bounce')
      : say('Adresse invalide, selon un import', 'Address invalid, according to an import'),
  InvalidityCleared: () =>
    say(
      'Adresse de nouveau valide, selon l’exploitant ; aucun consentement ne vaut plus',
      'Address valid again, according to the operator; no consent counts any more',
    ),
  ComplaintRecorded: () =>
    say(
      'Plainte pour pourriel : désabonnement de tout',
      'Spam complaint: unsubscribed from everything',
    ),
  ProcessingRestricted: () =>
    say('Utilisation des données suspendue', 'Use of the personal data suspended'),
  RestrictionLifted: () =>
    say('Utilisation des données permise de nouveau', 'Use of the personal data allowed again'),
  ImportChangesUndone: ({ importId: _importId, at: _at, forgotten, ...rest }) =>
    forgotten === true
      ? say(
          'Importation annulée : la personne n’en était connue que par elle, rien n’en reste',
          'Import undone: the person was known by it alone, nothing of it remains',
        )
      : Object.keys(rest).length === 0
        ? say(
            'Importation annulée : ce qu’elle avait changé l’a été de nouveau depuis, et reste',
            'Import undone: what it had changed was changed again since, and stays',
          )
        : say(
            'Importation annulée : ce qu’elle avait changé est comme avant',
            'Import undone: what it had changed is as it was before',
          ),
  RecipientErased: () =>
    say(
      'Données personnelles effacées ; l’historique n’en garde que le squelette',
      'Personal data erased; the history keeps only its skeleton',
    ),
} satisfies Partial<Summaries>;

const deliverySummaries = {
  DeliveryPlanned: ({ content }) => {
    if (content.kind === 'newsletter') return say('Infolettre prévue', 'Newsletter planned');
    if (content.kind === 'consent-request')
      return say('Demande de consentement prévue', 'Consent request planned');
    return content.kind === 'confirmation' || content.kind === 'return-confirmation'
      ? say('Demande de confirmation prévue', 'Confirmation request planned')
      : say('Message de bienvenue prévu', 'Welcome message planned');
  },
  DeliverySkipped: ({ reason }) => {
    const { fr, en } = worded(SKIP_REASONS, reason);
    return say(`Non envoyé : ${fr}`, `Not sent: ${en}`);
  },
  DeliveryAttempted: ({ attempt, basis, lastDay }) => {
    const { fr, en } = worded(BASES, basis);
    const until =
      lastDay === undefined ? say('', '') : say(`, jusqu’au ${lastDay}`, `, until ${lastDay}`);
    return say(
      `Envoi, tentative ${attempt} (permis par : ${fr}${until.fr})`,
      `Sending, attempt ${attempt} (allowed by: ${en}${until.en})`,
    );
  },
  DeliveryAccepted: () => say('Envoyé : accepté par le relais', 'Sent: accepted by the relay'),
  DeliveryDeferred: ({ retryAt }) =>
    say(
      `Reporté par le relais, nouvel essai à partir de ${retryAt}`,
      `Deferred by the relay, to be tried again from ${retryAt}`,
    ),
  DeliveryRefused: ({ reply }) =>
    say(`Refusé par le relais (${reply})`, `Refused by the relay (${reply})`),
  DeliveryUncertain: () =>
    say(
      'Issue inconnue : peut-être envoyé, ne sera pas renvoyé sans décision d’une personne',
      'Outcome unknown: perhaps sent, will not be sent again without a person’s decision',
    ),
} satisfies Partial<Summaries>;

const SUMMARIES: Summaries = { ...recipientSummaries, ...deliverySummaries };

/** Why a message was not sent, in words. */
export const skipReason = (code: string): Bilingual => worded(SKIP_REASONS, code);

/** How closely reading is followed, in words. */
export const trackingName = (mode: string): Bilingual => worded(TRACKING, mode);

/** What the use of somebody's data rests on, in words. */
export const privacyBasisName = (kind: string): Bilingual => worded(PRIVACY_BASES, kind);

/** What a message rests on, in words. */
export const basisName = (code: string): Bilingual => worded(BASES, code);

/**
 * What happened, in a sentence for a person who answers for compliance. Takes clear data only, so nothing
 * personal can be in it. Undefined for a type that no timeline tells.
 */
export const summaryOf = (type: string, data: unknown): Bilingual | undefined => {
  if (!Object.hasOwn(SUMMARIES, type)) return undefined;
  // The data was written by the projection from the event of this very type.
  const summary = SUMMARIES[type as Told['type']] as (data: unknown) => Bilingual;
  return summary(data);
};
