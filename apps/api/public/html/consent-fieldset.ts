import type { ShownStatement } from '../../statements/shown-statement.ts';
import { described, errorText, type FieldError } from './error-summary.ts';
import { html, lines, type Html } from './html.ts';
import { wordsOf, type Setting } from './page.ts';

const WORDS = {
  fr: {
    consent: 'Votre accord',
    version: (version: number, hash: string) => `Texte version ${String(version)} (${hash})`,
  },
  en: {
    consent: 'Your consent',
    version: (version: number, hash: string) => `Text version ${String(version)} (${hash})`,
  },
};

/** As many digits of the hash as tell texts apart and can be read out. */
export const SHORT_HASH = 12;

/**
 * The request for consent, word for word as it is kept, around a box of its own. Never ticked beforehand,
 * not even when the page comes back with an error (C-17). The version is shown with it (P-05).
 */
export const consentFieldset = (
  statement: ShownStatement,
  error: FieldError | undefined,
  setting: Setting,
): Html => {
  const words = wordsOf(WORDS, setting);
  const { language, request, particulars, version, hash } = statement;
  return html`<fieldset class="consent${error !== undefined && ' wrong'}">
    <legend>${words.consent}</legend>
    ${errorText(error)}
    <div id="statement" lang="${language}">
      <div class="tick">
        <input
          type="checkbox"
          id="consent"
          name="consent"
          required
          ${described(error, 'particulars')}
        />
        <label for="consent">${lines(request)}</label>
      </div>
      <div class="particulars" id="particulars">
        ${particulars.map((line) => html`<p>${line}</p>`)}
      </div>
    </div>
    <p class="hint">${words.version(version, hash.slice(0, SHORT_HASH))}</p>
  </fieldset>`;
};
