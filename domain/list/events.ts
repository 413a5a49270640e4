import type { AccountId, Event, Texts } from '#domain/kernel/index';

export type ListTerms = Readonly<{
  name: Texts;
  description?: Texts;
  /** Shown to recipients on the preference and unsubscribe pages. */
  visible: boolean;
}>;
// The names below are the storage format: never rename one, add a version in codec.ts instead.
export type ListCreated = Event<'ListCreated', { accountId: AccountId } & ListTerms>;
export type ListChanged = Event<'ListChanged', Partial<ListTerms>>;
export type ListEvent = ListCreated | ListChanged;
