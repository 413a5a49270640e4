import { ORGANISATION_TYPES, REGIMES } from '#domain/consent/index';
import { eventCodec } from '#domain/kernel/index';
import { array, object, oneOf, optional, string } from '#domain/kernel/shape';
import { language } from '#domain/kernel/shapes-of-values';
import type { AccountEvent } from './events.ts';

const terms = {
  name: string(),
  timeZone: string(),
  languages: array(language()),
  regimes: array(oneOf(...REGIMES)),
  organisationType: oneOf(...ORGANISATION_TYPES),
};
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

export const accountCodec = eventCodec<AccountEvent>({
  AccountOpened: { version: 1, data: object(terms), personal: object({ sender, privacyOfficer }) },
  AccountTermsChanged: {
    version: 1,
    data: object({
      name: optional(terms.name),
      timeZone: optional(terms.timeZone),
      languages: optional(terms.languages),
      regimes: optional(terms.regimes),
      organisationType: optional(terms.organisationType),
    }),
  },
  AccountContactsChanged: {
    version: 1,
    data: object({ changed: array(oneOf('sender', 'privacyOfficer')) }),
    personal: object({ sender: optional(sender), privacyOfficer: optional(privacyOfficer) }),
  },
});
