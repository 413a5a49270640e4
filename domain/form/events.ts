import type { AccountId, Event, ListId, Texts, WordingId } from '#domain/kernel/index';

export type FormField = Readonly<{
  key: string;
  required: boolean;
  /** A hidden field is filled with `value` and not shown. */
  hidden: boolean;
  value?: string;
}>;
/** The welcome mail (COL-2). Subject and text by language; defaults are provided by the product. */
export type Welcome = Readonly<{
  enabled: boolean;
  subject?: Texts;
  text?: Texts;
}>;
export type FormTerms = Readonly<{
  name: string;
  title?: Texts;
  introduction?: Texts;
  listIds: readonly ListId[];
  /** The person may choose among the lists instead of joining all. */
  chooseLists: boolean;
  fields: readonly FormField[];
  wordingId: WordingId;
  optIn: 'single' | 'double';
  welcome: Welcome;
}>;
export type FormCreated = Event<'FormCreated', { accountId: AccountId } & FormTerms>;
export type FormChanged = Event<'FormChanged', Partial<FormTerms>>;
export type FormEvent = FormCreated | FormChanged;
