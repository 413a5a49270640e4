import { dayInWords, type CivilDate } from '#domain/kernel/index';
import type { ShownStatement } from '../../statements/shown-statement.ts';
import { consentFieldset, SHORT_HASH } from '../html/consent-fieldset.ts';
import { errorSummary, type FieldError } from '../html/error-summary.ts';
import { html, lines, type Html, type Part } from '../html/html.ts';
import { pageLanguageOf } from '../html/language.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import type { Publisher } from '../people/publishers.ts';
import type { FormLink } from '../people/ways-back.ts';
import { WORDS, type ConsentWords } from './consent-words.ts';

/** What all pages behind one request have in common. */
export type ConsentShown = Readonly<{
  publisher: Publisher;
  setting: Setting;
  unsubscribePath: string;
  preferencesPath: string;
  /** The last day that allows writing without this consent; undefined when none does, or it has no end. */
  lastDay: CivilDate | undefined;
  status?: number;
}>;

const framed = ({ publisher, setting, status = 200 }: ConsentShown) => ({
  setting,
  status,
  brand: publisher.terms.name,
  footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
});

const shownDay = (day: CivilDate, { language }: Setting): string =>
  dayInWords(day, pageLanguageOf(language));

export type ConsentFault = 'missing' | 'changed';

/** Opening the link is no consent, since software opens links too: the box and the button are (C-17, C-20). */
export const questionPage = (
  shown: ConsentShown,
  asked: Readonly<{
    statement: ShownStatement;
    refusedOn: CivilDate | undefined;
    fault?: ConsentFault | undefined;
  }>,
): Page => {
  const { publisher, setting, unsubscribePath } = shown;
  const { statement, refusedOn, fault } = asked;
  const words = wordsOf<ConsentWords>(WORDS, setting);
  const error: FieldError | undefined =
    fault === undefined ? undefined : { id: 'consent', message: words[fault] };
  return page({
    ...framed(shown),
    title: error === undefined ? words.ask : `${words.error} ${words.ask}`,
    main: html`${errorSummary(error === undefined ? [] : [error], setting)}
      <h1>${words.ask}</h1>
      <p class="lead">${words.lead(publisher.sender.name)}</p>
      ${refusedOn !== undefined && html`<p>${words.refusedBefore(shownDay(refusedOn, setting))}</p>`}
      <form method="post" novalidate>
        <input type="hidden" name="answer" value="agree" />
        <input type="hidden" name="statement" value="${statement.hash}" />
        ${consentFieldset(statement, error, setting)}
        <button type="submit">${words.agree}</button>
      </form>
      ${refusedOn === undefined && refusal(shown, words)}
      <section>
        <p><a href="${unsubscribePath}">${words.leave}</a></p>
      </section>`,
  });
};

const refusal = (shown: ConsentShown, words: ConsentWords): Html =>
  html`<section>
    <h2>${words.refuse}</h2>
    <p>${words.refuseText} ${untilWhen(shown, words)}</p>
    <form method="post">
      <input type="hidden" name="answer" value="refuse" />
      <button type="submit" class="second">${words.refuseButton}</button>
    </form>
  </section>`;

/** Until when the person may be written to, whatever they answer. */
const untilWhen = ({ publisher, setting, lastDay }: ConsentShown, words: ConsentWords): Part =>
  lastDay !== undefined && words.until(publisher.sender.name, shownDay(lastDay, setting));

/** How to withdraw, as easily as it was given (P-10). */
const withdrawal = (
  { unsubscribePath, preferencesPath }: ConsentShown,
  words: ConsentWords,
): Html =>
  html`<section>
    <h2>${words.withdraw}</h2>
    <p>${words.withdrawText}</p>
    <ul>
      <li><a href="${unsubscribePath}">${words.unsubscribe}</a></li>
      <li><a href="${preferencesPath}">${words.preferences}</a></li>
    </ul>
  </section>`;

/** Says word for word what was agreed to, and when. */
export const agreedPage = (
  shown: ConsentShown,
  { date, statement }: Readonly<{ date: CivilDate; statement: ShownStatement }>,
): Page => {
  const { setting } = shown;
  const words = wordsOf<ConsentWords>(WORDS, setting);
  const { version, hash, language, text } = statement;
  return page({
    ...framed(shown),
    title: words.thanks,
    main: html`${doneNotice(words.thanks, words.thanksText(shownDay(date, setting)))}
      <h2>${words.recorded}</h2>
      <p lang="${language}">${lines(text)}</p>
      <p class="small">${words.version(version, hash.slice(0, SHORT_HASH))}</p>
      ${withdrawal(shown, words)}`,
  });
};

export const alreadyPage = (shown: ConsentShown, date: CivilDate): Page => {
  const { publisher, setting } = shown;
  const words = wordsOf<ConsentWords>(WORDS, setting);
  return page({
    ...framed(shown),
    title: words.already,
    main: html`<h1>${words.already}</h1>
      <p class="lead">${words.alreadyText(publisher.sender.name, shownDay(date, setting))}</p>
      ${withdrawal(shown, words)}`,
  });
};

export const refusedPage = (shown: ConsentShown): Page => {
  const words = wordsOf<ConsentWords>(WORDS, shown.setting);
  return page({
    ...framed(shown),
    title: words.refused,
    main: html`${doneNotice(words.refused, words.refusedText)}
      <p>${words.refusedMore} ${untilWhen(shown, words)}</p>
      <p><a href="${shown.unsubscribePath}">${words.unsubscribe}</a></p>`,
  });
};

/** Whoever left is not brought back by an old mail; says how they come back (C-27). */
export const outPage = (shown: ConsentShown, form: FormLink | undefined): Page => {
  const { publisher, setting } = shown;
  const words = wordsOf<ConsentWords>(WORDS, setting);
  return page({
    ...framed(shown),
    title: words.out,
    main: html`<h1>${words.out}</h1>
      <p class="lead">${words.outText(publisher.sender.name)}</p>
      <section><p>${words.back} ${wayBack(shown, form, words)}</p></section>`,
  });
};

const wayBack = (
  { preferencesPath }: ConsentShown,
  form: FormLink | undefined,
  words: ConsentWords,
): Html =>
  form === undefined
    ? html`<a href="${preferencesPath}">${words.preferences}</a>`
    : html`<a href="${form.path}">${form.title}</a>`;

export const suspendedPage = (shown: ConsentShown): Page => {
  const { publisher, setting } = shown;
  const words = wordsOf<ConsentWords>(WORDS, setting);
  return page({
    ...framed(shown),
    title: words.suspended,
    main: html`<h1>${words.suspended}</h1>
      <p>${words.suspendedText(publisher.sender.name)}</p>`,
  });
};
