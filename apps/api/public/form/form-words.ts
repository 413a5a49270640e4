import type { SubmissionFault } from './check-submission.ts';

/** What the form's pages say. */
export const WORDS = {
  fr: {
    title: (name: string) => `Abonnez-vous à ${name}`,
    receive: 'Vous recevrez',
    choose: 'Que souhaitez-vous recevoir\u00a0?',
    email: 'Adresse courriel',
    consent: 'Votre accord',
    submit: 'M’abonner',
    trap: 'Laissez ce champ vide',
    error: 'Erreur\u00a0:',
    thanks: {
      title: 'Merci',
      single:
        'Votre demande est enregistrée. Si votre adresse doit être confirmée, un courriel avec un lien est en route vers vous.',
      double:
        'Un courriel est en route. Ouvrez le lien qu’il contient et confirmez\u00a0: sans cela, rien ne vous sera envoyé. Le lien est valable sept jours.',
      junk: 'Vous ne trouvez rien\u00a0? Regardez dans les indésirables, ou recommencez un peu plus tard.',
    },
  },
  en: {
    title: (name: string) => `Subscribe to ${name}`,
    receive: 'You will receive',
    choose: 'What would you like to receive?',
    email: 'E-mail address',
    consent: 'Your consent',
    submit: 'Subscribe',
    trap: 'Leave this field empty',
    error: 'Error:',
    thanks: {
      title: 'Thank you',
      single:
        'Your request is recorded. If your address needs to be confirmed, an e-mail with a link is on its way to you.',
      double:
        'An e-mail is on its way. Open the link in it and confirm: without that, nothing will be sent to you. The link is good for seven days.',
      junk: 'Nothing there? Look among the junk mail, or try again a little later.',
    },
  },
};

export type FormWords = (typeof WORDS)['en'];

type Messages = Readonly<Record<string, (label: string) => string>>;

const FAULTS: Readonly<{ fr: Messages; en: Messages }> = {
  fr: {
    missing: (label) => `Remplissez «\u00a0${label}\u00a0».`,
    'invalid-address-syntax': () => 'Écrivez une adresse complète, comme nom@exemple.ca.',
    'sensitive-value': (label) =>
      `«\u00a0${label}\u00a0» ressemble à un numéro de carte ou d’identité\u00a0: n’en donnez pas ici.`,
    'value-too-long': (label) => `«\u00a0${label}\u00a0» est trop long.`,
    'not-a-number': (label) => `«\u00a0${label}\u00a0» doit être un nombre, comme 12 ou 12,5.`,
    'not-a-date': (label) => `«\u00a0${label}\u00a0» doit être une date, comme 2026-11-23.`,
    'not-a-choice': (label) => `Choisissez une des réponses offertes pour «\u00a0${label}\u00a0».`,
  },
  en: {
    missing: (label) => `Fill in “${label}”.`,
    'invalid-address-syntax': () => 'Give a whole address, such as name@example.ca.',
    'sensitive-value': (label) =>
      `“${label}” looks like the number of a card or an identity paper: do not give one here.`,
    'value-too-long': (label) => `“${label}” is too long.`,
    'not-a-number': (label) => `“${label}” must be a number, such as 12 or 12.5.`,
    'not-a-date': (label) => `“${label}” must be a date, such as 2026-11-23.`,
    'not-a-choice': (label) => `Choose one of the answers offered for “${label}”.`,
  },
};

const OF_PATH: Readonly<{
  fr: Readonly<Record<string, string>>;
  en: Readonly<Record<string, string>>;
}> = {
  fr: {
    'email missing': 'Donnez votre adresse courriel.',
    'lists missing': 'Choisissez au moins une liste.',
    'consent missing': 'Cochez la case pour donner votre accord.',
    'consent wording-changed': 'Le texte a changé\u00a0: relisez-le et cochez la case.',
  },
  en: {
    'email missing': 'Give your e-mail address.',
    'lists missing': 'Choose at least one list.',
    'consent missing': 'Tick the box to give your consent.',
    'consent wording-changed': 'The text has changed: read it again and tick the box.',
  },
};

const UNUSABLE = {
  fr: (label: string) => `«\u00a0${label}\u00a0» ne convient pas.`,
  en: (label: string) => `“${label}” cannot be used.`,
};

/** A fault in words for the person. `label` is what the page calls the entry. */
export const faultMessage = (
  language: 'fr' | 'en',
  { path, code }: Pick<SubmissionFault, 'path' | 'code'>,
  label: string,
): string =>
  OF_PATH[language][`${path} ${code}`] ?? (FAULTS[language][code] ?? UNUSABLE[language])(label);
