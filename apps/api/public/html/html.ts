import { escapeHtml } from '#libs/rendering/index';

/** HTML that is safe to write out: made by `html`, which escapes every value that is put in. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a hole: nothing is written for undefined and false. */
export type Part = Html | string | number | false | undefined | readonly Part[];

const written = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(written).join('');
};

/** A template of HTML. Values are escaped, in content and in quoted attributes; pieces of `Html` stay as they are. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((text, piece, index) => text + written(parts[index - 1]) + piece));

/** Text with its line breaks. */
export const lines = (text: string): Html => {
  const [first = '', ...others] = text.split(/\r?\n/);
  return html`${first}${others.map((line) => html`<br />${line}`)}`;
};
