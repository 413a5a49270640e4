import type { ListId } from '#domain/kernel/index';
import { faultMessage } from '../form/form-words.ts';
import { consentFieldset } from '../html/consent-fieldset.ts';
import type { FieldError } from '../html/error-summary.ts';
import { html, type Html } from '../html/html.ts';
import { pageLanguageOf } from '../html/language.ts';
import { listChoice } from '../html/list-choice.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import type { Publisher } from '../people/publishers.ts';
import type { ReturnFault, ReturnOffer } from './returns.ts';

/** The offer as the page shows it, and what was wrong with an answer to it. */
export type ReturnShown = Readonly<{
  offer: ReturnOffer;
  chosen?: readonly ListId[];
  faults?: readonly ReturnFault[];
}>;

/** Says that what was sent is this section of the page. */
export const RETURN = 'return';

const WORDS = {
  fr: {
    title: 'Vous abonner à nouveau',
    lead: 'Lisez la demande et cochez la case. Un courriel vous demandera ensuite de confirmer\u00a0: rien ne change avant.',
    choose: 'Que souhaitez-vous recevoir\u00a0?',
    button: 'M’abonner à nouveau',
    asked: 'Un courriel est en route',
    askedText:
      'Ouvrez le lien qu’il contient et confirmez\u00a0: sans cela, rien d’autre ne vous sera envoyé. Le lien est valable sept jours.',
    junk: 'Vous ne trouvez rien\u00a0? Regardez dans les indésirables, ou recommencez un peu plus tard.',
    preferences: 'Revenir à mes préférences',
  },
  en: {
    title: 'Subscribe again',
    lead: 'Read the request and tick the box. An e-mail will then ask you to confirm: nothing changes before that.',
    choose: 'What would you like to receive?',
    button: 'Subscribe again',
    asked: 'An e-mail is on its way',
    askedText:
      'Open the link in it and confirm: without that, nothing else will be sent to you. The link is good for seven days.',
    junk: 'Nothing there? Look among the junk mail, or try again a little later.',
    preferences: 'Back to my preferences',
  },
};

/** What is wrong with the answer, in the order of the section. */
export const returnErrors = (
  { faults = [] }: ReturnShown,
  setting: Setting,
): readonly FieldError[] =>
  faults.map((fault) => ({
    id: fault.path,
    message: faultMessage(pageLanguageOf(setting.language), fault, fault.path),
  }));

/** How somebody who left comes back. No box is ticked for them (C-17, C-27). */
export const returnSection = (shown: ReturnShown, setting: Setting): Html => {
  const words = wordsOf(WORDS, setting);
  const { offer, chosen = [] } = shown;
  const { lists, statement, submission } = offer;
  const errors = returnErrors(shown, setting);
  const errorAt = (path: ReturnFault['path']) => errors.find(({ id }) => id === path);
  return html`<section>
    <h2>${words.title}</h2>
    <p>${words.lead}</p>
    <form method="post" novalidate>
      <input type="hidden" name="page" value="${RETURN}" />
      <input type="hidden" name="statement" value="${statement.hash}" />
      <input type="hidden" name="submission" value="${submission}" />
      ${
        lists.length > 0 &&
        listChoice({
          legend: words.choose,
          lists,
          isChosen: ({ id }) => chosen.includes(id),
          error: errorAt('lists'),
        })
      }
      ${consentFieldset(statement, errorAt('consent'), setting)}
      <button type="submit">${words.button}</button>
    </form>
  </section>`;
};

type Asked = Readonly<{ publisher: Publisher; setting: Setting; preferencesPath: string }>;

/** After the button. It has no other language to be had in: that link would ask again. */
export const returnAskedPage = ({ publisher, setting, preferencesPath }: Asked): Page => {
  const words = wordsOf(WORDS, setting);
  return page({
    setting: { ...setting, languages: [] },
    brand: publisher.terms.name,
    title: words.asked,
    main: html`${doneNotice(words.asked, words.askedText)}
      <p class="small">${words.junk}</p>
      <p><a href="${preferencesPath}">${words.preferences}</a></p>`,
    footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
  });
};
