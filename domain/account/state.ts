import { clear, isShredded, SHREDDED, type Personal } from '#domain/kernel/index';
import type { AccountContacts, AccountTerms } from './events.ts';

/** An account as its stream says. `contacts` are shredded once the account's key is destroyed. */
export type Account =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'open'; terms: AccountTerms; contacts: Personal<AccountContacts> }>;

export const NO_ACCOUNT: Account = { status: 'none' };

/** Contacts after a change: unknown while a part of them cannot be read. */
export const patchedContacts = (
  contacts: Personal<AccountContacts>,
  patch: Personal<Partial<AccountContacts>>,
): Personal<AccountContacts> => {
  if (isShredded(patch)) return SHREDDED;
  const before: Partial<AccountContacts> = isShredded(contacts) ? {} : contacts.reveal();
  const { sender, privacyOfficer } = { ...before, ...patch.reveal() };
  return sender === undefined || privacyOfficer === undefined
    ? SHREDDED
    : clear({ sender, privacyOfficer });
};
