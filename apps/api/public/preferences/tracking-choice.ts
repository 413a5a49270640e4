import type { TrackingMode } from '#domain/recipient/index';
import { html, type Html } from '../html/html.ts';
import { wordsOf, type Setting } from '../html/page.ts';

type Words = Readonly<{ legend: string; hint: string } & Record<TrackingMode, string>>;

const WORDS: Readonly<Record<'fr' | 'en', Words>> = {
  fr: {
    legend: 'Suivi de mes lectures',
    hint: 'Sans votre accord, personne ne voit ce que vous lisez. Vous pouvez changer d’avis à tout moment.',
    off: 'Ne comptez pas mes lectures.',
    aggregate: 'Comptez-les parmi celles de tous, sans savoir que c’est moi.',
    hygiene: 'Gardez seulement la date de ma dernière lecture.',
    individual: 'J’accepte que mes lectures et mes clics soient notés à mon nom.',
  },
  en: {
    legend: 'Tracking of what I read',
    hint: 'Unless you agree, nobody sees what you read. You can change your mind at any time.',
    off: 'Do not count what I read.',
    aggregate: 'Count it among everybody’s, without knowing that it is me.',
    hygiene: 'Keep only the date on which I last read something.',
    individual: 'I agree that what I read and click is noted under my name.',
  },
};

/** What a person can choose here; a mode that was agreed elsewhere is shown as long as it holds. */
const offered = (current: TrackingMode): readonly TrackingMode[] =>
  current === 'hygiene'
    ? ['off', 'aggregate', 'hygiene', 'individual']
    : ['off', 'aggregate', 'individual'];

/** The words of a mode as the page shows them: they are what the person agrees to. */
export const trackingWords = (mode: TrackingMode, setting: Setting): string =>
  wordsOf(WORDS, setting)[mode];

/** How closely reading may be followed, one choice of a few (P-18; Law 25 s. 8.1). */
export const trackingChoice = (current: TrackingMode, setting: Setting): Html => {
  const words = wordsOf(WORDS, setting);
  return html`<fieldset>
    <legend>${words.legend}</legend>
    <p class="hint">${words.hint}</p>
    ${offered(current).map(
      (mode) =>
        html`<div class="tick">
          <input
            type="radio"
            id="tracking-${mode}"
            name="tracking"
            value="${mode}"
            ${mode === current && html`checked`}
          />
          <label for="tracking-${mode}">${words[mode]}</label>
        </div>`,
    )}
  </fieldset>`;
};
