import { html, type Html, type Part } from './html.ts';

/** Says what has just been done; read out, and focused when the page opens. */
export const doneNotice = (heading: string, text?: Part): Html =>
  html`<div class="done" role="status" tabindex="-1" autofocus>
    <h1>${heading}</h1>
    ${text !== undefined && html`<p>${text}</p>`}
  </div>`;
