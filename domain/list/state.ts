import type { AccountId } from '#domain/kernel/index';
import type { ListTerms } from './events.ts';

/** What people subscribe to. */
export type List =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'open'; accountId: AccountId; terms: ListTerms }>;

export const NO_LIST: List = { status: 'none' };
