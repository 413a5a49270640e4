import type { Account } from '#domain/account/index';
import type { AccountId } from '#domain/kernel/index';
import type { Present } from '../../owned.ts';

/** An account that exists. */
export type OpenAccount = Readonly<{ id: AccountId; state: Present<Account> }>;
