import type { Language } from '#domain/kernel/index';
import type { Field } from '#domain/field/index';
import { sensitiveValueIn } from '#domain/field/index';
import { errorSummary, type FieldError } from '../html/error-summary.ts';
import { fieldId, fieldInput, labelOf } from '../html/field-input.ts';
import { html, type Html, type Part } from '../html/html.ts';
import { ownName, pageLanguageOf } from '../html/language.ts';
import { doneNotice } from '../html/notice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import { faultMessage } from '../form/form-words.ts';
import type { ShownList } from '../people/page-lists.ts';
import type { Publisher } from '../people/publishers.ts';
import type { FormLink } from '../people/ways-back.ts';
import type { TrackingMode } from '#domain/recipient/index';
import { returnErrors, returnSection, type ReturnShown } from './return-section.ts';
import { trackingChoice } from './tracking-choice.ts';

export type PreferencesPage = Readonly<{
  publisher: Publisher;
  setting: Setting;
  /** The person's own language, whatever the page is shown in. */
  language: Language;
  lists: readonly (ShownList & Readonly<{ isOn: boolean }>)[];
  /** Out of everything: no list is joined by a box alone. */
  isOut: boolean;
  comeBack: ReturnShown | undefined;
  /** Where somebody comes back by who cannot do so here. */
  form: FormLink | undefined;
  tracking: TrackingMode;
  fields: readonly Readonly<{ field: Field; value: string; code?: string }>[];
  unsubscribePath: string;
  done?: boolean;
  status?: number;
}>;

/** Says that what was sent is the whole page: boxes that are not ticked are not sent at all. */
export const WHOLE_PAGE = 'preferences';

const WORDS = {
  fr: {
    title: 'Mes préférences',
    lead: (name: string) => `Ce que ${name} vous envoie, et comment.`,
    done: 'Vos préférences sont enregistrées',
    error: 'Erreur\u00a0:',
    language: 'Langue de nos courriels',
    lists: 'Ce que je veux recevoir',
    isOut: 'Vous ne recevez plus rien de nous.',
    back: 'Vous abonner à nouveau\u00a0:',
    others: 'Mes autres préférences',
    fields: 'Mes renseignements',
    save: 'Enregistrer',
    leave: 'Ne plus rien recevoir',
  },
  en: {
    title: 'My preferences',
    lead: (name: string) => `What you receive from ${name}, and how.`,
    done: 'Your preferences are saved',
    error: 'Error:',
    language: 'Language of our e-mails',
    lists: 'What I want to receive',
    isOut: 'You are unsubscribed from everything.',
    back: 'Subscribe again:',
    others: 'My other preferences',
    fields: 'My details',
    save: 'Save',
    leave: 'Stop receiving anything',
  },
};

type Words = typeof WORDS.en;

/** Language, lists and details of one person, changed by themselves (SEG-1, COL-4). */
export const preferencesPage = (shown: PreferencesPage): Page => {
  const { publisher, setting, done = false, status = 200 } = shown;
  const words = wordsOf(WORDS, setting);
  const errors = errorsOf(shown);
  return page({
    setting,
    status,
    brand: publisher.terms.name,
    title: errors.length > 0 ? `${words.error} ${words.title}` : words.title,
    main: html`${done && doneNotice(words.done)} ${errorSummary(errors, setting)}
      ${done ? html`<h2>${words.title}</h2>` : html`<h1>${words.title}</h1>`}
      <p class="lead">${words.lead(publisher.terms.name)}</p>
      ${shown.isOut && wayBack(shown, words)} ${settings(shown, errors, words)}
      <section>
        <p><a href="${shown.unsubscribePath}">${words.leave}</a></p>
      </section>`,
    footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
  });
};

const errorsOf = ({ comeBack, fields, setting }: PreferencesPage): readonly FieldError[] => [
  ...(comeBack === undefined ? [] : returnErrors(comeBack, setting)),
  ...fields.flatMap(({ field, code }) => {
    if (code === undefined) return [];
    const fault = { path: `fields.${field.key}`, code };
    const label = labelOf(field, setting.language);
    return [
      {
        id: fieldId(field.key),
        message: faultMessage(pageLanguageOf(setting.language), fault, label),
      },
    ];
  }),
];

/** All that one button saves; apart from the offer to come back, where there is one. */
const settings = (shown: PreferencesPage, errors: readonly FieldError[], words: Words): Html => {
  const form = html`<form method="post" novalidate>
    <input type="hidden" name="page" value="${WHOLE_PAGE}" />
    ${listBoxes(shown, words)} ${languageChoice(shown, words)}
    ${trackingChoice(shown.tracking, shown.setting)} ${details(shown, errors, words)}
    <button type="submit">${words.save}</button>
  </form>`;
  return shown.comeBack === undefined
    ? form
    : html`<section>
        <h2>${words.others}</h2>
        ${form}
      </section>`;
};

/** Says how somebody comes back who receives nothing any more (C-27). */
const wayBack = ({ comeBack, form, setting }: PreferencesPage, words: Words): Html =>
  html`<p>
      ${words.isOut}${form !== undefined && html` ${words.back} <a href="${form.path}">${form.title}</a>`}
    </p>
    ${comeBack !== undefined && returnSection(comeBack, setting)}`;

const listBoxes = ({ lists }: PreferencesPage, words: Words): Part =>
  lists.length > 0 &&
  html`<fieldset>
    <legend>${words.lists}</legend>
    ${lists.map(
      ({ id, name, description, isOn }) =>
        html`<div class="tick">
          <input type="checkbox" id="${id}" name="lists[]" value="${id}" ${isOn && html`checked`} />
          <label for="${id}"
            >${name}${description !== undefined && html`<span class="hint">${description}</span>`}</label
          >
        </div>`,
    )}
  </fieldset>`;

const languageChoice = ({ publisher, language }: PreferencesPage, words: Words): Html =>
  html`<fieldset>
    <legend>${words.language}</legend>
    ${publisher.terms.languages.map(
      (each) =>
        html`<div class="tick">
          <input
            type="radio"
            id="language-${each}"
            name="language"
            value="${each}"
            ${each === language && html`checked`}
          />
          <label for="language-${each}" lang="${each}">${ownName(each)}</label>
        </div>`,
    )}
  </fieldset>`;

const details = (
  { fields, setting }: PreferencesPage,
  errors: readonly FieldError[],
  words: Words,
): Part =>
  fields.length > 0 &&
  html`<h2>${words.fields}</h2>
    ${fields.map(({ field, value }) =>
      fieldInput(
        {
          field,
          required: false,
          // What looks like a card or an identity number is never shown again (COL-5).
          value: sensitiveValueIn(value) === undefined ? value : '',
          error: errors.find(({ id }) => id === fieldId(field.key)),
        },
        setting,
      ),
    )}`;
