import type { Clear } from '#domain/kernel/index';
import type { AccountContacts, AccountTerms } from './events.ts';

export type OpenAccount = Readonly<{
  type: 'OpenAccount';
  terms: AccountTerms;
  contacts: Clear<AccountContacts>;
}>;
export type ChangeAccount = Readonly<{
  type: 'ChangeAccount';
  terms: Partial<AccountTerms>;
  contacts: Clear<Partial<AccountContacts>>;
}>;
export type AccountCommand = OpenAccount | ChangeAccount;
