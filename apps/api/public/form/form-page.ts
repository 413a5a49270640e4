import { sensitiveValueIn } from '#domain/field/index';
import { consentFieldset } from '../html/consent-fieldset.ts';
import { described, errorSummary, errorText, type FieldError } from '../html/error-summary.ts';
import { fieldId, fieldInput, labelOf } from '../html/field-input.ts';
import { html, lines, type Html, type Part } from '../html/html.ts';
import { pageLanguageOf, textIn } from '../html/language.ts';
import { FIRST_LIST, listChoice } from '../html/list-choice.ts';
import { page, wordsOf, type Page, type Setting } from '../html/page.ts';
import { senderIdentity } from '../html/sender-identity.ts';
import type { ShownList } from '../people/page-lists.ts';
import type { SubmissionFault } from './check-submission.ts';
import { faultMessage, WORDS, type FormWords } from './form-words.ts';
import { statementOf, type OpenForm } from './open-forms.ts';
import { TRAP, type Submission } from './submission.ts';

export type FormPage = Readonly<{
  form: OpenForm;
  lists: readonly ShownList[];
  setting: Setting;
  /** Names this showing of the page. */
  submission: string;
  /** What was sent, when something in it is wrong. */
  sent?: Submission;
  faults?: readonly SubmissionFault[];
  status?: number;
}>;

type Errors = readonly FieldError[];

const inputId = (path: string): string =>
  path.startsWith('fields.') ? fieldId(path.slice('fields.'.length)) : path;

/** The form, with what the law wants said before somebody agrees (C-17). */
export const formPage = (shown: FormPage): Page => {
  const { form, setting, status = 200 } = shown;
  const words = wordsOf(WORDS, setting);
  const errors = errorsOf(shown, words);
  const { terms, publisher } = form;
  const title = textIn(terms.title, setting.language)?.text ?? words.title(publisher.terms.name);
  const introduction = textIn(terms.introduction, setting.language)?.text;
  return page({
    setting,
    status,
    brand: publisher.terms.name,
    title: errors.length > 0 ? `${words.error} ${title}` : title,
    main: html`${errorSummary(errors, setting)}
      <h1>${title}</h1>
      ${introduction !== undefined && html`<p class="lead">${lines(introduction)}</p>`}
      <form method="post" novalidate>
        ${hiddenInputs(shown, words)} ${!terms.chooseLists && promised(shown, words)}
        ${emailInput(shown, errors, words)} ${customFields(shown, errors)}
        ${terms.chooseLists && ownChoice(shown, errors, words)} ${consentBox(shown, errors)}
        <button type="submit">${words.submit}</button>
      </form>`,
    footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
  });
};

const errorsOf = ({ faults = [], setting }: FormPage, words: FormWords): Errors =>
  faults.map((fault) => {
    const { path, field } = fault;
    const own = { email: words.email, lists: words.choose, consent: words.consent }[path];
    const label = field === undefined ? (own ?? path) : labelOf(field.field, setting.language);
    return {
      id: inputId(path),
      message: faultMessage(pageLanguageOf(setting.language), fault, label),
    };
  });

const errorFor = (errors: Errors, id: string): FieldError | undefined =>
  errors.find((error) => error.id === id);

const hiddenInputs = ({ form, setting, submission }: FormPage, words: FormWords): Html => {
  const { wordingId, version, hash } = statementOf(form, setting.language);
  return html`<input type="hidden" name="language" value="${setting.language}" />
    <input type="hidden" name="wording" value="${wordingId}.${version}" />
    <input type="hidden" name="statement" value="${hash}" />
    <input type="hidden" name="submission" value="${submission}" />
    <div class="apart" aria-hidden="true">
      <label for="trap">${words.trap}</label>
      <input type="text" id="trap" name="${TRAP}" tabindex="-1" autocomplete="off" />
    </div>`;
};

const promised = ({ lists }: FormPage, words: FormWords): Part =>
  lists.length > 0 &&
  html`<h2>${words.receive}</h2>
    <ul>
      ${lists.map(
        ({ name, description }) =>
          html`<li>
            ${name}${description !== undefined && html`<br /><span class="hint">${description}</span>`}
          </li>`,
      )}
    </ul>`;

const emailInput = ({ sent }: FormPage, errors: Errors, words: FormWords): Html => {
  const error = errorFor(errors, 'email');
  return html`<div class="field${error !== undefined && ' wrong'}">
    <label for="email">${words.email}</label>
    ${errorText(error)}
    <input
      type="email"
      id="email"
      name="email"
      autocomplete="email"
      maxlength="320"
      required
      value="${repeatable(sent?.email)}"
      ${described(error)}
    />
  </div>`;
};

/** What may be shown again: nothing that looks like a card or an identity number (COL-5). */
const repeatable = (value: unknown): string =>
  typeof value === 'string' && sensitiveValueIn(value) === undefined ? value : '';

const customFields = ({ form, setting, sent }: FormPage, errors: Errors): Part =>
  form.fields
    .filter(({ hidden }) => !hidden)
    .map(({ field, required }) =>
      fieldInput(
        {
          field,
          required,
          value: repeatable(sent?.fields[field.key]),
          error: errorFor(errors, fieldId(field.key)),
        },
        setting,
      ),
    );

const ownChoice = ({ lists, sent }: FormPage, errors: Errors, words: FormWords): Html =>
  listChoice({
    legend: words.choose,
    lists,
    isChosen: ({ id }) => sent?.lists.includes(id) === true,
    error: errorFor(errors, FIRST_LIST),
  });

const consentBox = ({ form, setting }: FormPage, errors: Errors): Html =>
  consentFieldset(statementOf(form, setting.language), errorFor(errors, 'consent'), setting);

/** The same for every address, whatever is known of it. */
export const thanksPage = ({ form, setting }: Pick<FormPage, 'form' | 'setting'>): Page => {
  const { thanks } = wordsOf(WORDS, setting);
  const { publisher, terms } = form;
  return page({
    setting: { ...setting, languages: [] },
    brand: publisher.terms.name,
    title: thanks.title,
    main: html`<div role="status" tabindex="-1" autofocus>
      <h1>${thanks.title}</h1>
      <p class="lead">${thanks[terms.optIn]}</p>
      <p class="small">${thanks.junk}</p>
    </div>`,
    footer: senderIdentity(publisher.sender, publisher.privacyOfficer, setting),
  });
};
