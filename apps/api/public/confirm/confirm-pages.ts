import { html } from '../html/html.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import type { ShownList } from '../people/page-lists.ts';
import type { Publisher } from '../people/publishers.ts';

const WORDS = {
  fr: {
    ask: 'Confirmez votre abonnement',
    lead: (name: string) => `Un dernier geste pour vous abonner chez ${name}\u00a0:`,
    button: 'Confirmer mon abonnement',
    ignore: 'Vous n’avez rien demandé\u00a0? Fermez cette page\u00a0: rien ne vous sera envoyé.',
    done: 'C’est confirmé',
    doneText: 'Merci. Chaque courriel portera un lien pour vous désabonner.',
    expired: 'Ce lien ne peut plus servir',
    expiredText: 'Il est valable sept jours, et seul le dernier reçu compte.',
    againByForm:
      'Pour recommencer, remplissez le formulaire à nouveau\u00a0: un nouveau courriel vous sera envoyé.',
    againByPreferences:
      'Pour recommencer, abonnez-vous à nouveau sur la page de vos préférences\u00a0: un nouveau courriel vous sera envoyé.',
    again: 'Recommencer',
  },
  en: {
    ask: 'Confirm your subscription',
    lead: (name: string) => `One last step to subscribe with ${name}:`,
    button: 'Confirm my subscription',
    ignore: 'You did not ask for this? Close this page: nothing will be sent to you.',
    done: 'Confirmed',
    doneText: 'Thank you. Each e-mail will have a link to unsubscribe.',
    expired: 'This link can no longer be used',
    expiredText: 'It is good for seven days, and only the latest one counts.',
    againByForm: 'To start again, fill in the form once more: a new e-mail will be sent to you.',
    againByPreferences:
      'To start again, subscribe on the page of your preferences once more: a new e-mail will be sent to you.',
    again: 'Start again',
  },
};

type Shown = Readonly<{ publisher: Publisher; setting: Setting }>;

const framed = ({ publisher, setting }: Shown) => ({
  setting,
  brand: publisher.terms.name,
  footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
});

/** Opening the link is no consent, since software opens links too: the button is (C-20). */
export const askToConfirm = (shown: Shown, lists: readonly ShownList[]): Page => {
  const words = wordsOf(WORDS, shown.setting);
  return page({
    ...framed(shown),
    title: words.ask,
    main: html`<h1>${words.ask}</h1>
      <p class="lead">${words.lead(shown.publisher.sender.name)}</p>
      <ul>
        ${lists.map(({ name }) => html`<li>${name}</li>`)}
      </ul>
      <form method="post"><button type="submit">${words.button}</button></form>
      <p class="small after">${words.ignore}</p>`,
  });
};

export const confirmedPage = (shown: Shown): Page => {
  const words = wordsOf(WORDS, shown.setting);
  return page({
    ...framed(shown),
    title: words.done,
    main: doneNotice(words.done, words.doneText),
  });
};

/** Says how to start again (410: what was here is no longer). */
export const expiredPage = (
  shown: Shown,
  again: Readonly<{ isByForm: boolean; path: string }>,
): Page => {
  const words = wordsOf(WORDS, shown.setting);
  return page({
    ...framed(shown),
    title: words.expired,
    status: 410,
    main: html`<h1>${words.expired}</h1>
      <p>${words.expiredText} ${again.isByForm ? words.againByForm : words.againByPreferences}</p>
      <p><a class="button" href="${again.path}">${words.again}</a></p>`,
  });
};
