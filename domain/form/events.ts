import type { AccountId, Event, ListId, WordingId } from '#domain/kernel/index';

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
  subject?: Readonly<Record<string, string>>;
  text?: Readonly<Record<string, string>>;
}>;
export type FormTerms = Readonly<{
  name: string;
  title?: Readonly<Record<string, string>>;
  introduction?: Readonly<Record<string, string>>;
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

export type CreateForm = Readonly<{ type: 'CreateForm'; accountId: AccountId; terms: FormTerms }>;
export type ChangeForm = Readonly<{ type: 'ChangeForm'; terms: Partial<FormTerms> }>;
export type FormCommand = CreateForm | ChangeForm;
