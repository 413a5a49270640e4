import type { Language } from '#domain/kernel/index';
import type { Field } from '#domain/field/index';
import { described, errorText, type FieldError } from './error-summary.ts';
import { html, type Html, type Part } from './html.ts';
import { textIn } from './language.ts';
import { wordsOf, type Setting } from './page.ts';

const WORDS = {
  fr: {
    optional: 'facultatif',
    choose: 'Choisissez',
    date: 'Année, mois, jour',
    number: 'Un nombre',
  },
  en: { optional: 'optional', choose: 'Choose', date: 'Year, month, day', number: 'A number' },
};

/** What browsers can fill in by themselves (WCAG 1.3.5). */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  firstname: 'given-name',
  lastname: 'family-name',
  name: 'name',
  fullname: 'name',
  phone: 'tel',
  telephone: 'tel',
  company: 'organization',
  organisation: 'organization',
  organization: 'organization',
  city: 'address-level2',
  country: 'country-name',
  postalcode: 'postal-code',
  birthday: 'bday',
};

export type FieldInput = Readonly<{
  field: Field;
  required: boolean;
  /** As it was typed, or as it is on record. */
  value: string;
  error: FieldError | undefined;
}>;

export const fieldId = (key: string): string => `field-${key}`;

export const labelOf = (field: Field, language: Language): string =>
  textIn(field.label, language)?.text ?? field.key;

/** One custom field with its label, as its type asks for it (COL-4). */
export const fieldInput = (input: FieldInput, setting: Setting): Html => {
  const { field, error } = input;
  const id = fieldId(field.key);
  const words = wordsOf(WORDS, setting);
  const label = labelOf(field, setting.language);
  if (field.type === 'boolean') return checkbox(input, id, label);
  return html`<div class="field${error !== undefined && ' wrong'}">
    <label for="${id}"
      >${label}${!input.required && html` <span class="optional">(${words.optional})</span>`}</label
    >
    ${errorText(error)} ${control(input, id, words)}
  </div>`;
};

const checkbox = ({ field, value, required, error }: FieldInput, id: string, label: string): Html =>
  html`<div class="field${error !== undefined && ' wrong'}">
    ${errorText(error)}
    <div class="tick">
      <input
        type="checkbox"
        id="${id}"
        name="fields[${field.key}]"
        value="true"
        ${value === 'true' && html`checked`}
        ${required && html`required`}
        ${described(error)}
      />
      <label for="${id}">${label}</label>
    </div>
  </div>`;

const control = (input: FieldInput, id: string, words: typeof WORDS.en): Html => {
  const { field, value, required, error } = input;
  const common = html`id="${id}" name="fields[${field.key}]"
  ${required && html`required`}${described(error)}`;
  switch (field.type) {
    case 'choice':
      return html`<select ${common}>
        <option value="">${words.choose}</option>
        ${(field.choices ?? []).map(
          (choice) => html`<option ${choice === value && html`selected`}>${choice}</option>`,
        )}
      </select>`;
    case 'date':
      return html`<input type="date" ${common} value="${value}" ${autocomplete(field.key)} />`;
    case 'number':
      return html`<input type="text" inputmode="decimal" ${common} value="${value}" />`;
    case 'text':
    case 'boolean':
      return html`<input
        type="text"
        ${common}
        value="${value}"
        maxlength="10000"
        ${autocomplete(field.key)}
      />`;
  }
};

const autocomplete = (key: string): Part => {
  const token = AUTOCOMPLETE[key.replace(/[^a-z]/gi, '').toLowerCase()];
  return token !== undefined && html`autocomplete="${token}"`;
};
