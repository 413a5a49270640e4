import {
  changesOf,
  clear,
  isEmpty,
  isShredded,
  ok,
  refuse,
  sameJson,
  type Personal,
  type Result,
} from '#domain/kernel/index';
import type { AccountCommand, ChangeAccount, OpenAccount } from './commands.ts';
import { contactsFault } from './contacts-fault.ts';
import type { AccountContacts, AccountEvent, AccountTerms } from './events.ts';
import {
  ACCOUNT_EXISTS,
  CONTACTS_ERASED,
  UNKNOWN_ACCOUNT,
  type AccountRejection,
} from './rejections.ts';
import type { Account } from './state.ts';
import { termsFault } from './terms-fault.ts';

type Decision<E = AccountEvent> = Result<readonly E[], AccountRejection>;
type OpenedAccount = Extract<Account, { status: 'open' }>;

export const decide = (command: AccountCommand, account: Account): Decision => {
  switch (command.type) {
    case 'OpenAccount':
      return open(command, account);
    case 'ChangeAccount':
      return account.status === 'none' ? refuse(UNKNOWN_ACCOUNT) : change(command, account);
  }
};

const open = ({ terms, contacts }: OpenAccount, account: Account): Decision => {
  if (account.status === 'open') {
    const same = sameJson(account.terms, terms) && sameContacts(account.contacts, contacts);
    return same ? ok([]) : refuse(ACCOUNT_EXISTS);
  }
  const fault = termsFault(terms) ?? contactsFault(contacts.reveal());
  if (fault !== undefined) return refuse(fault);
  return ok([{ type: 'AccountOpened', data: terms, personal: contacts }]);
};

const sameContacts = (a: Personal<AccountContacts>, b: Personal<AccountContacts>): boolean =>
  !isShredded(a) && !isShredded(b) && sameJson(a.reveal(), b.reveal());

const change = (command: ChangeAccount, account: OpenedAccount): Decision => {
  const terms = changeTerms(command.terms, account.terms);
  if (!terms.ok) return terms;
  const contacts = changeContacts(command.contacts.reveal(), account.contacts);
  return contacts.ok ? ok([...terms.value, ...contacts.value]) : contacts;
};

const changeTerms = (patch: Partial<AccountTerms>, terms: AccountTerms): Decision => {
  const changes = changesOf(terms, patch);
  if (isEmpty(changes)) return ok([]);
  const fault = termsFault({ ...terms, ...changes });
  return fault === undefined ? ok([{ type: 'AccountTermsChanged', data: changes }]) : refuse(fault);
};

const changeContacts = (
  patch: Partial<AccountContacts>,
  contacts: Personal<AccountContacts>,
): Decision => {
  const before: Partial<AccountContacts> = isShredded(contacts) ? {} : contacts.reveal();
  const changes = changesOf(before, patch);
  if (isEmpty(changes)) return ok([]);
  const { sender, privacyOfficer } = { ...before, ...changes };
  if (sender === undefined || privacyOfficer === undefined) return refuse(CONTACTS_ERASED);
  const fault = contactsFault({ sender, privacyOfficer });
  if (fault !== undefined) return refuse(fault);
  const changed = (['sender', 'privacyOfficer'] as const).filter((part) => part in changes);
  return ok([{ type: 'AccountContactsChanged', data: { changed }, personal: clear(changes) }]);
};
