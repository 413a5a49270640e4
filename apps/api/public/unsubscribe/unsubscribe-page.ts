import { html, type Html, type Part } from '../html/html.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import type { ShownList } from '../people/page-lists.ts';
import type { Publisher } from '../people/publishers.ts';
import type { FormLink } from '../people/ways-back.ts';

/** What has just been done, to be said on top. */
export type UnsubscribeDone = 'left-lists' | 'left-all' | 'joined' | 'not-joined';

export type UnsubscribePage = Readonly<{
  publisher: Publisher;
  setting: Setting;
  /** Lists of the message that the person is still on. */
  leavable: readonly ShownList[];
  /** Other lists that the person is on. */
  others: readonly ShownList[];
  joinable: readonly ShownList[];
  /** Out of everything: only a form brings the person back. */
  isOut: boolean;
  /** Form to come back by, where the person once used one. */
  form: FormLink | undefined;
  preferencesPath: string | undefined;
  done?: UnsubscribeDone;
  status?: number;
}>;

const WORDS = {
  fr: {
    title: 'Se désabonner',
    lead: 'Un seul clic suffit. L’effet est immédiat.',
    leaveOne: (name: string) => `Ne plus recevoir «\u00a0${name}\u00a0»`,
    leaveThese: 'Ne plus recevoir ce qui a été envoyé avec ce courriel\u00a0:',
    leaveTheseButton: 'Quitter ces listes',
    stay: (names: string) => `Vous restez sur\u00a0: ${names}.`,
    all: 'Tout quitter',
    allText: (name: string) =>
      `${name} ne vous enverra plus aucune infolettre, quelle que soit la liste.`,
    allButton: 'Me désabonner de tout',
    join: 'Recevoir autre chose',
    joinText: 'Vos autres abonnements ne changent pas.',
    joinButton: 'M’abonner',
    joinLabel: (name: string) => `M’abonner à «\u00a0${name}\u00a0»`,
    preferences: 'Langue, listes et renseignements\u00a0: mes préférences',
    isOut: 'Vous ne recevez plus rien',
    isOutText: (name: string) => `${name} ne vous enverra plus d’infolettre.`,
    back: 'Vous avez changé d’avis\u00a0? Abonnez-vous à nouveau\u00a0:',
    done: {
      'left-lists': ['C’est fait', 'Vous ne recevrez plus ces envois.'],
      'left-all': ['C’est fait', 'Vous ne recevrez plus rien. Il n’y a rien d’autre à faire.'],
      joined: ['C’est fait', 'Votre abonnement à cette liste est enregistré.'],
      'not-joined': [
        'Cela ne s’est pas fait',
        'Cette liste ne peut pas être rejointe d’ici. Utilisez un formulaire d’abonnement.',
      ],
    },
  },
  en: {
    title: 'Unsubscribe',
    lead: 'One click is enough. It takes effect at once.',
    leaveOne: (name: string) => `Stop receiving “${name}”`,
    leaveThese: 'Stop receiving what came with this e-mail:',
    leaveTheseButton: 'Leave these lists',
    stay: (names: string) => `You stay on: ${names}.`,
    all: 'Leave everything',
    allText: (name: string) => `No more newsletters from ${name}, whatever the list.`,
    allButton: 'Unsubscribe from everything',
    join: 'Receive something else',
    joinText: 'Your other subscriptions stay as they are.',
    joinButton: 'Subscribe',
    joinLabel: (name: string) => `Subscribe to “${name}”`,
    preferences: 'Language, lists and details: my preferences',
    isOut: 'You no longer receive anything',
    isOutText: (name: string) => `${name} will send you no more newsletters.`,
    back: 'Changed your mind? Subscribe again:',
    done: {
      'left-lists': ['Done', 'You will no longer receive these.'],
      'left-all': ['Done', 'You are unsubscribed from everything. There is nothing else to do.'],
      joined: ['Done', 'You are subscribed to this list.'],
      'not-joined': [
        'That did not work',
        'This list cannot be joined from here. Please use a subscription form.',
      ],
    },
  },
} as const;

type Words = (typeof WORDS)['fr' | 'en'];

/** Each choice is one button and final; no login, no address to type again, no survey (C-22, C-25, UNS-1). */
export const unsubscribePage = (shown: UnsubscribePage): Page => {
  const { publisher, setting, isOut, done, status = 200 } = shown;
  const words = wordsOf<Words>(WORDS, setting);
  const heading = headingOf(shown, words);
  return page({
    setting,
    status,
    brand: publisher.terms.name,
    title: isOut && done === undefined ? words.isOut : words.title,
    main: html`${heading} ${isOut ? wayBack(shown, words) : choices(shown, words)}`,
    footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
  });
};

const headingOf = ({ publisher, isOut, done }: UnsubscribePage, words: Words): Html => {
  if (done !== undefined) return doneNotice(words.done[done][0], words.done[done][1]);
  return isOut
    ? html`<h1>${words.isOut}</h1>
        <p class="lead">${words.isOutText(publisher.terms.name)}</p>`
    : html`<h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>`;
};

const choices = (shown: UnsubscribePage, words: Words): Html =>
  html`${leaveLists(shown, words)} ${leaveAll(shown, words)} ${joinAnother(shown, words)}
  ${
    shown.preferencesPath !== undefined &&
    html`<section>
      <p><a href="${shown.preferencesPath}">${words.preferences}</a></p>
    </section>`
  }`;

const leaveLists = ({ leavable, others }: UnsubscribePage, words: Words): Part => {
  const [first] = leavable;
  if (first === undefined) return staying(others, words);
  const isOne = leavable.length === 1;
  return html`<form method="post">
      <input type="hidden" name="choice" value="leave" />
      ${leavable.map(({ id }) => html`<input type="hidden" name="lists[]" value="${id}" />`)}
      ${
        !isOne &&
        html`<p class="plain">${words.leaveThese}</p>
          <ul>
            ${leavable.map(({ name }) => html`<li>${name}</li>`)}
          </ul>`
      }
      <button type="submit">${isOne ? words.leaveOne(first.name) : words.leaveTheseButton}</button>
    </form>
    ${staying(others, words)}`;
};

const staying = (others: readonly ShownList[], words: Words): Part =>
  others.length > 0 &&
  html`<p class="small after">${words.stay(others.map(({ name }) => name).join(', '))}</p>`;

const leaveAll = ({ publisher, leavable }: UnsubscribePage, words: Words): Html =>
  html`<section>
    <h2>${words.all}</h2>
    <p>${words.allText(publisher.terms.name)}</p>
    <form method="post">
      <input type="hidden" name="choice" value="all" />
      <button type="submit" class="${leavable.length > 0 && 'second'}">${words.allButton}</button>
    </form>
  </section>`;

const joinAnother = ({ joinable }: UnsubscribePage, words: Words): Part =>
  joinable.length > 0 &&
  html`<section>
    <h2>${words.join}</h2>
    <p class="small">${words.joinText}</p>
    <ul class="rows">
      ${joinable.map(
        ({ id, name, description }) =>
          html`<li>
            <div class="what">
              ${name}${description !== undefined && html`<span class="hint">${description}</span>`}
            </div>
            <form method="post">
              <input type="hidden" name="choice" value="join" />
              <input type="hidden" name="lists[]" value="${id}" />
              <button type="submit" class="second" aria-label="${words.joinLabel(name)}">
                ${words.joinButton}
              </button>
            </form>
          </li>`,
      )}
    </ul>
  </section>`;

const wayBack = ({ form }: UnsubscribePage, words: Words): Part =>
  form !== undefined &&
  html`<section>
    <p>${words.back} <a href="${form.path}">${form.title}</a></p>
  </section>`;
