import type { AccountEvent } from './events.ts';
import { patchedContacts, type Account } from './state.ts';

/** Total: a change of an account that was never opened changes nothing. */
export const evolve = (account: Account, event: AccountEvent): Account => {
  switch (event.type) {
    case 'AccountOpened':
      return { status: 'open', terms: event.data, contacts: event.personal };
    case 'AccountTermsChanged':
      return account.status === 'none'
        ? account
        : { ...account, terms: { ...account.terms, ...event.data } };
    case 'AccountContactsChanged':
      return account.status === 'none'
        ? account
        : { ...account, contacts: patchedContacts(account.contacts, event.personal) };
  }
};
