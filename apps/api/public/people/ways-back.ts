import type { PublicUrl } from '../../public-url.ts';
import type { OpenForms } from '../form/open-forms.ts';
import type { Setting } from '../html/page.ts';
import type { Visitor } from './visitors.ts';

/** A form that a page leads to. */
export type FormLink = Readonly<{ title: string; path: string }>;

/** How somebody who left comes back: by the form that they used last (C-27). */
export class WaysBack {
  readonly #forms: OpenForms;
  readonly #url: PublicUrl;

  constructor(forms: OpenForms, url: PublicUrl) {
    this.#forms = forms;
    this.#url = url;
  }

  /** Undefined for who never used a form, or when it is gone. */
  async formOf({ formId }: Visitor, { language }: Setting): Promise<FormLink | undefined> {
    if (formId === undefined) return undefined;
    const title = await this.#forms.title(formId, language);
    return title === undefined
      ? undefined
      : { title, path: this.#url.path(`/f/${formId}?lang=${language}`) };
  }
}
