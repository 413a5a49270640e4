import { FormId, type Language } from '#domain/kernel/index';
import { fieldsStream, type Field } from '#domain/field/index';
import { formStream, type FormTerms } from '#domain/form/index';
import { wordingStream, type Wording } from '#domain/wording/index';
import type { Present } from '../../owned.ts';
import { askingLanguages, type AskingLanguages } from '../../statements/asking-languages.ts';
import { statementShown, type ShownStatement } from '../../statements/shown-statement.ts';
import type { Streams } from '../../streams.ts';
import { textIn } from '../html/language.ts';
import type { PageLists } from '../people/page-lists.ts';
import { type ShownList } from '../people/page-lists.ts';
import type { Publishers } from '../people/publishers.ts';
import { type Publisher } from '../people/publishers.ts';

/** A custom field as one form asks for it. */
export type AskedField = Readonly<{
  field: Field;
  required: boolean;
  hidden: boolean;
  /** What a hidden field is filled with. */
  value: string | undefined;
}>;

/** A form with everything that it names, read together. */
export type OpenForm = Readonly<{
  id: FormId;
  publisher: Publisher;
  terms: FormTerms;
  fields: readonly AskedField[];
  wording: Present<Wording>;
  languages: AskingLanguages;
}>;

/** The request for consent as the form makes it in this language (C-17). */
export const statementOf = (form: OpenForm, language: Language): ShownStatement => {
  const { publisher, terms, wording } = form;
  const { accountId, sender } = publisher;
  return statementShown({ accountId, wordingId: terms.wordingId, wording, sender }, language);
};

export class OpenForms {
  readonly #streams: Streams;
  readonly #publishers: Publishers;
  readonly #lists: PageLists;

  constructor(streams: Streams, publishers: Publishers, lists: PageLists) {
    this.#streams = streams;
    this.#publishers = publishers;
    this.#lists = lists;
  }

  /** Undefined when there is no such form. */
  async find(id: string): Promise<OpenForm | undefined> {
    if (!FormId.is(id)) return undefined;
    const form = await this.#streams.recent(formStream, id);
    if (form.status === 'none') return undefined;
    const { accountId, terms } = form;
    const publisher = await this.#publishers.find(accountId);
    const wording = await this.#streams.recent(wordingStream, terms.wordingId);
    if (publisher === undefined || wording.status === 'none') return undefined;
    const defined = await this.#streams.recent(fieldsStream, accountId);
    const fields = terms.fields.flatMap(({ key, required, hidden, value }): AskedField[] => {
      const field = defined.get(key);
      if (field === undefined) return [];
      return [{ field, required, hidden: hidden || field.hidden, value }];
    });
    const languages = askingLanguages(publisher.terms, wording);
    return { id, publisher, terms, fields, wording, languages };
  }

  async lists({ publisher, terms }: OpenForm, language: Language): Promise<readonly ShownList[]> {
    return this.#lists.named(publisher.accountId, terms.listIds, language);
  }

  /** The form's title, when it exists: for pages that lead back to it. */
  async title(id: FormId, language: Language): Promise<string | undefined> {
    const form = await this.#streams.recent(formStream, id);
    if (form.status === 'none') return undefined;
    return textIn(form.terms.title, language)?.text ?? form.terms.name;
  }
}
