import { ORGANISATION_TYPES, REGIMES } from '#domain/consent/index';
import {
  clear,
  eventCodec,
  SHREDDED,
  WordingId,
  type JsonObject,
  type Personal,
  type Shredded,
} from '#domain/kernel/index';
import { array, count, mustFit, object, oneOf, optional, string } from '#domain/kernel/shape';
import { id, language } from '#domain/kernel/shapes-of-values';
import type { AccountContacts, AccountEvent } from './events.ts';

const termsV1 = {
  name: string(),
  timeZone: string(),
  languages: array(language()),
  regimes: array(oneOf(...REGIMES)),
  organisationType: oneOf(...ORGANISATION_TYPES),
};
const changedTermsV1 = {
  name: optional(termsV1.name),
  timeZone: optional(termsV1.timeZone),
  languages: optional(termsV1.languages),
  regimes: optional(termsV1.regimes),
  organisationType: optional(termsV1.organisationType),
};
const consentRequests = optional(
  object({
    wordingId: optional(id(WordingId)),
    daysBefore: array(count()),
    blockFromDays: count(),
  }),
);
const sender = object({
  name: string(),
  email: string(),
  postalAddress: string(),
  phone: optional(string()),
  contactEmail: optional(string()),
  web: optional(string()),
  onBehalfOf: optional(string()),
});
const privacyOfficer = object({ title: string(), email: string() });
const contacts = object({ sender, privacyOfficer });

/** Before an account could say how it asks for consent. */
const openedV1 = object(termsV1);
const changedV1 = object(changedTermsV1);

const contactsOf = (personal: JsonObject | Shredded | undefined): Personal<AccountContacts> =>
  personal === SHREDDED
    ? SHREDDED
    : clear(mustFit(contacts, personal, 'AccountOpened.v1 personal'));

export const accountCodec = eventCodec<AccountEvent>(
  {
    AccountOpened: {
      version: 2,
      data: object({ ...termsV1, consentRequests }),
      personal: contacts,
    },
    AccountTermsChanged: { version: 2, data: object({ ...changedTermsV1, consentRequests }) },
    AccountContactsChanged: {
      version: 1,
      data: object({ changed: array(oneOf('sender', 'privacyOfficer')) }),
      personal: object({ sender: optional(sender), privacyOfficer: optional(privacyOfficer) }),
    },
  },
  {
    'AccountOpened.v1': (data, personal) => ({
      type: 'AccountOpened',
      data: mustFit(openedV1, data, 'AccountOpened.v1 data'),
      personal: contactsOf(personal),
    }),
    'AccountTermsChanged.v1': (data) => ({
      type: 'AccountTermsChanged',
      data: mustFit(changedV1, data, 'AccountTermsChanged.v1 data'),
    }),
  },
);
