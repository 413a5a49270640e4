import type { AccountId, Event } from '#domain/kernel/index';

/** A text by language; at least one of the account's languages. */
export type Texts = Readonly<Record<string, string>>;

export type ListTerms = Readonly<{
  name: Texts;
  description?: Texts;
  /** Shown to recipients on the preference and unsubscribe pages. */
  visible: boolean;
}>;
export type ListCreated = Event<'ListCreated', { accountId: AccountId } & ListTerms>;
export type ListChanged = Event<'ListChanged', Partial<ListTerms>>;
export type ListEvent = ListCreated | ListChanged;

export type CreateList = Readonly<{ type: 'CreateList'; accountId: AccountId; terms: ListTerms }>;
export type ChangeList = Readonly<{ type: 'ChangeList'; terms: Partial<ListTerms> }>;
export type ListCommand = CreateList | ChangeList;
