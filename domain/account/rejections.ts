import type { Refusal } from '#domain/kernel/index';

export type AccountRejectionCode =
  | 'account-exists'
  | 'unknown-account'
  | 'contacts-erased'
  | 'name-missing'
  | 'time-zone-unknown'
  | 'language-missing'
  | 'language-unknown'
  | 'regime-missing'
  | 'regime-unknown'
  | 'organisation-type-unknown'
  | 'consent-requests-invalid'
  | 'sender-name-missing'
  | 'sender-email-invalid'
  | 'sender-address-missing'
  | 'on-behalf-unclear'
  | 'sender-contact-missing'
  | 'sender-contact-invalid'
  | 'privacy-officer-missing'
  | 'privacy-officer-email-invalid';

export type AccountRejection = Refusal<AccountRejectionCode>;

export const ACCOUNT_EXISTS: AccountRejection = {
  code: 'account-exists',
  message: 'This account is open already. Change it instead, or open another one.',
};
export const UNKNOWN_ACCOUNT: AccountRejection = {
  code: 'unknown-account',
  message: 'There is no such account. Open it first.',
};
export const CONTACTS_ERASED: AccountRejection = {
  code: 'contacts-erased',
  message: 'The contacts of this account were erased. Give sender and privacyOfficer together.',
  path: 'sender',
};
