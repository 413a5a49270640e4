import { ORGANISATION_TYPES, REGIMES } from '#domain/consent/index';
import { isTimeZone, parseLanguage } from '#domain/kernel/index';
import { consentRequestsFault } from './consent-requests.ts';
import type { AccountTerms } from './events.ts';
import type { AccountRejection } from './rejections.ts';

/** Why these terms cannot be an account's; undefined when they can. */
export const termsFault = (terms: AccountTerms): AccountRejection | undefined =>
  nameFault(terms.name) ??
  timeZoneFault(terms.timeZone) ??
  languagesFault(terms.languages) ??
  regimesFault(terms.regimes) ??
  organisationTypeFault(terms.organisationType) ??
  (terms.consentRequests && consentRequestsFault(terms.consentRequests));

const nameFault = (name: string): AccountRejection | undefined =>
  name.trim() === ''
    ? { code: 'name-missing', message: 'Give the account a name.', path: 'name' }
    : undefined;

const timeZoneFault = (timeZone: string): AccountRejection | undefined =>
  isTimeZone(timeZone)
    ? undefined
    : {
        code: 'time-zone-unknown',
        message: 'Give an IANA time zone, such as America/Toronto or Europe/Paris.',
        path: 'timeZone',
      };

const languagesFault = (languages: AccountTerms['languages']): AccountRejection | undefined => {
  if (languages.length === 0) {
    return {
      code: 'language-missing',
      message: 'Name at least one language, the one to fall back on first.',
      path: 'languages',
    };
  }
  const unknown = languages.findIndex((language) => parseLanguage(language) !== language);
  return unknown < 0
    ? undefined
    : {
        code: 'language-unknown',
        message: 'Name languages by their tag in canonical form, such as fr, en or fr-CA.',
        path: `languages.${unknown}`,
      };
};

const regimesFault = (regimes: AccountTerms['regimes']): AccountRejection | undefined => {
  if (regimes.length === 0) {
    return {
      code: 'regime-missing',
      message: `Name the law that the account works under, of ${REGIMES.join(', ')}.`,
      path: 'regimes',
    };
  }
  const unknown = regimes.findIndex((regime) => !REGIMES.includes(regime));
  return unknown < 0
    ? undefined
    : {
        code: 'regime-unknown',
        message: `Regimes are ${REGIMES.join(', ')}.`,
        path: `regimes.${unknown}`,
      };
};

const organisationTypeFault = (
  type: AccountTerms['organisationType'],
): AccountRejection | undefined =>
  ORGANISATION_TYPES.includes(type)
    ? undefined
    : {
        code: 'organisation-type-unknown',
        message: `The type of organisation is one of ${ORGANISATION_TYPES.join(', ')}.`,
        path: 'organisationType',
      };
