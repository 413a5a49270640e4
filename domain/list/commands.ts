import type { AccountId } from '#domain/kernel/index';
import type { ListTerms } from './events.ts';

export type CreateList = Readonly<{ type: 'CreateList'; accountId: AccountId; terms: ListTerms }>;
export type ChangeList = Readonly<{ type: 'ChangeList'; terms: Partial<ListTerms> }>;
export type ListCommand = CreateList | ChangeList;
