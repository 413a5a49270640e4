import type { Event, Language, PersonalEvent } from '#domain/kernel/index';
import type { OrganisationType, Regime } from '#domain/consent/index';
import type { ConsentRequests } from './consent-requests.ts';

/** Who mail comes from, as the law wants it said in each message (C-21). */
export type Sender = Readonly<{
  name: string;
  email: string;
  postalAddress: string;
  phone?: string;
  contactEmail?: string;
  web?: string;
  onBehalfOf?: string;
}>;
export type PrivacyOfficer = Readonly<{ title: string; email: string }>;
export type AccountContacts = Readonly<{ sender: Sender; privacyOfficer: PrivacyOfficer }>;

export type AccountTerms = Readonly<{
  name: string;
  timeZone: string;
  languages: readonly Language[];
  regimes: readonly Regime[];
  organisationType: OrganisationType;
  /** Absent while the account says nothing: `consentRequestTerms` tells what holds. */
  consentRequests?: ConsentRequests;
}>;

/** Sender and officer can be natural persons: they are kept like a recipient's data, under the account's key. */
export type AccountOpened = PersonalEvent<'AccountOpened', AccountTerms, AccountContacts>;
export type AccountTermsChanged = Event<'AccountTermsChanged', Partial<AccountTerms>>;
export type AccountContactsChanged = PersonalEvent<
  'AccountContactsChanged',
  { changed: readonly ('sender' | 'privacyOfficer')[] },
  Partial<AccountContacts>
>;
export type AccountEvent = AccountOpened | AccountTermsChanged | AccountContactsChanged;
