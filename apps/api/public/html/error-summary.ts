import { html, type Html, type Part } from './html.ts';
import { wordsOf, type Setting } from './page.ts';

/** What is wrong with one field, in the words of the page. Never the value. */
export type FieldError = Readonly<{ id: string; message: string }>;

const WORDS = {
  fr: { heading: 'Quelque chose est à corriger' },
  en: { heading: 'Something needs to be corrected' },
};

/** Takes the focus when the page opens, is read out, and leads to each field. */
export const errorSummary = (errors: readonly FieldError[], setting: Setting): Part =>
  errors.length > 0 &&
  html`<div class="errors" id="errors" role="alert" tabindex="-1" autofocus>
    <h2>${wordsOf(WORDS, setting).heading}</h2>
    <ul>
      ${errors.map(({ id, message }) => html`<li><a href="#${id}">${message}</a></li>`)}
    </ul>
  </div>`;

export const errorId = (id: string): string => `${id}-error`;

export const errorText = (error: FieldError | undefined): Part =>
  error !== undefined && html`<p class="error" id="${errorId(error.id)}">${error.message}</p>`;

/** Attributes that tie an input to what is said of it. */
export const described = (error: FieldError | undefined, hint?: string): Html => {
  const ids = [hint, error === undefined ? undefined : errorId(error.id)].filter(
    (id) => id !== undefined,
  );
  const invalid = error === undefined ? '' : html` aria-invalid="true"`;
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`}${invalid}`;
};
