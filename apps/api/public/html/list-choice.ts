import type { ShownList } from '../people/page-lists.ts';
import { described, errorText, type FieldError } from './error-summary.ts';
import { html, type Html } from './html.ts';

/** What a list of boxes is made of. */
export type ListChoice = Readonly<{
  legend: string;
  lists: readonly ShownList[];
  isChosen: (list: ShownList) => boolean;
  error: FieldError | undefined;
}>;

/** The id of the first box: the link of the summary of errors leads there. */
export const FIRST_LIST = 'lists';

/** A box for each list, sent as `lists[]`. */
export const listChoice = ({ legend, lists, isChosen, error }: ListChoice): Html => {
  const idOf = (index: number): string =>
    index === 0 ? FIRST_LIST : `${FIRST_LIST}-${String(index)}`;
  return html`<fieldset class="${error !== undefined && 'wrong'}">
    <legend>${legend}</legend>
    ${errorText(error)}
    ${lists.map(
      (list, index) =>
        html`<div class="tick">
          <input
            type="checkbox"
            id="${idOf(index)}"
            name="lists[]"
            value="${list.id}"
            ${isChosen(list) && html`checked`}
            ${described(error)}
          />
          <label for="${idOf(index)}"
            >${list.name}${
              list.description !== undefined && html`<span class="hint">${list.description}</span>`
            }</label
          >
        </div>`,
    )}
  </fieldset>`;
};
