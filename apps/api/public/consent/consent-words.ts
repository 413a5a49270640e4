const fr = {
  ask: 'Souhaitez-vous encore recevoir nos messages\u00a0?',
  lead: (name: string) =>
    `${name} a besoin de votre accord pour continuer à vous écrire. Lisez la demande, puis répondez. Ouvrir cette page ne vous engage à rien.`,
  agree: 'Donner mon accord',
  refuse: 'Vous préférez ne pas donner votre accord\u00a0?',
  refuseText: 'Ce bouton suffit\u00a0: nous ne vous le demanderons plus.',
  until: (name: string, day: string) =>
    `Sans votre accord, ${name} cesse de vous écrire après le ${day}.`,
  refuseButton: 'Ne plus me le demander',
  refusedBefore: (date: string) =>
    `Le ${date}, vous avez dit ne plus vouloir que cela vous soit demandé. Si vous avez changé d’avis, vous pouvez donner votre accord ici.`,
  leave: 'Ne plus rien recevoir du tout',
  error: 'Erreur\u00a0:',
  missing: 'Cochez la case pour donner votre accord.',
  changed: 'Le texte a changé\u00a0: relisez-le et cochez la case.',
  thanks: 'Merci, votre accord est enregistré',
  thanksText: (date: string) => `Enregistré le ${date}.`,
  recorded: 'Ce qui a été enregistré',
  version: (version: number, hash: string) => `Texte version ${String(version)} (${hash})`,
  already: 'Vous avez déjà donné votre accord',
  alreadyText: (name: string, date: string) =>
    `${name} a votre accord exprès depuis le ${date}. Il n’y a rien d’autre à faire.`,
  withdraw: 'Si vous changez d’avis',
  withdrawText:
    'Vous pouvez retirer votre accord en tout temps, par le lien de désabonnement de chaque courriel ou ici\u00a0:',
  unsubscribe: 'Se désabonner',
  preferences: 'Mes préférences',
  refused: 'C’est noté',
  refusedText: 'Nous ne vous demanderons plus votre accord.',
  refusedMore:
    'Rien d’autre ne change pour l’instant, et vous pouvez vous désabonner en tout temps.',
  out: 'Vous ne recevez plus rien',
  outText: (name: string) =>
    `Vous avez demandé à ne plus rien recevoir de ${name}. Cette page n’y revient pas\u00a0: rien n’a été enregistré.`,
  back: 'Vous avez changé d’avis\u00a0? Abonnez-vous à nouveau\u00a0:',
  suspended: 'Votre réponse ne peut pas être enregistrée ici',
  suspendedText: (name: string) =>
    `${name} n’utilise pas votre adresse en ce moment\u00a0: rien ne vous est envoyé, et rien n’a été enregistré. Écrivez-nous pour que cela change\u00a0: nos coordonnées sont ci-dessous.`,
};

export type ConsentWords = typeof fr;

const en: ConsentWords = {
  ask: 'Would you still like to hear from us?',
  lead: (name) =>
    `${name} needs your consent to go on writing to you. Read the request, then answer. Opening this page commits you to nothing.`,
  agree: 'Give my consent',
  refuse: 'You would rather not agree?',
  refuseText: 'Press this button and we will not ask you again.',
  until: (name, day) => `Without your consent, ${name} stops writing to you after ${day}.`,
  refuseButton: 'Do not ask me again',
  refusedBefore: (date) =>
    `On ${date} you said that you do not want to be asked again. If you have changed your mind, you can give your consent here.`,
  leave: 'Stop receiving anything at all',
  error: 'Error:',
  missing: 'Tick the box to give your consent.',
  changed: 'The text has changed: read it again and tick the box.',
  thanks: 'Thank you, your consent is recorded',
  thanksText: (date) => `Recorded on ${date}.`,
  recorded: 'What was recorded',
  version: (version, hash) => `Text version ${String(version)} (${hash})`,
  already: 'You have given your consent already',
  alreadyText: (name, date) =>
    `${name} has had your express consent since ${date}. There is nothing else to do.`,
  withdraw: 'If you change your mind',
  withdrawText:
    'You can withdraw your consent at any time, by the unsubscribe link of each e-mail or here:',
  unsubscribe: 'Unsubscribe',
  preferences: 'My preferences',
  refused: 'Noted',
  refusedText: 'We will not ask for your consent again.',
  refusedMore: 'Nothing else changes for now, and you can unsubscribe at any time.',
  out: 'You no longer receive anything',
  outText: (name) =>
    `You asked to receive nothing more from ${name}. This page does not undo that: nothing was recorded.`,
  back: 'Changed your mind? Subscribe again:',
  suspended: 'Your answer cannot be recorded here',
  suspendedText: (name) =>
    `${name} is not using your address at present: nothing is sent to you, and nothing was recorded. Write to us to change that: you find how below.`,
};

/** What the pages behind a request for consent say. */
export const WORDS = { fr, en };
