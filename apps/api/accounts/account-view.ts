import {
  clear,
  parseLanguage,
  isShredded,
  type Language,
  type Personal,
} from '#domain/kernel/index';
import {
  consentRequestTerms,
  USUAL_CONSENT_REQUESTS,
  type Account,
  type AccountContacts,
  type AccountTerms,
  type ChangeAccount,
  type ConsentRequests,
  type OpenAccount,
  type Sender,
} from '#domain/account/index';
import { given } from '../given.ts';
import { unknown } from '../http/problem.ts';
import type {
  AccountAnswer,
  ChangeAccountDto,
  ConsentRequestsDto,
  OpenAccountDto,
  SenderDto,
} from './account.dto.ts';

const languagesOf = (tags: readonly string[]): readonly Language[] =>
  tags.flatMap((tag) => parseLanguage(tag) ?? []);

/** People can always be told the address that mail comes from, when the account names no other way. */
const senderOf = (dto: SenderDto): Sender => {
  const { phone, contactEmail, web } = dto;
  const hasWay = phone !== undefined || contactEmail !== undefined || web !== undefined;
  return hasWay ? given(dto) : { ...given(dto), contactEmail: dto.email };
};

const requestsOf = (dto: ConsentRequestsDto): ConsentRequests => ({
  ...USUAL_CONSENT_REQUESTS,
  ...given(dto),
});

export const openAccount = (dto: OpenAccountDto): OpenAccount => {
  const { sender, privacyOfficer, languages, consentRequests, ...terms } = dto;
  return {
    type: 'OpenAccount',
    terms: {
      ...terms,
      languages: languagesOf(languages),
      ...(consentRequests !== undefined && { consentRequests: requestsOf(consentRequests) }),
    },
    contacts: clear({ sender: senderOf(sender), privacyOfficer: given(privacyOfficer) }),
  };
};

export const changeAccount = (dto: ChangeAccountDto): ChangeAccount => {
  const { sender, privacyOfficer, languages, consentRequests, ...terms } = dto;
  return {
    type: 'ChangeAccount',
    terms: {
      ...given(terms),
      ...(languages !== undefined && { languages: languagesOf(languages) }),
      ...(consentRequests !== undefined && { consentRequests: requestsOf(consentRequests) }),
    },
    contacts: clear({
      ...(sender !== undefined && { sender: senderOf(sender) }),
      ...(privacyOfficer !== undefined && { privacyOfficer: given(privacyOfficer) }),
    }),
  };
};

const ERASED: AccountContacts = {
  sender: { name: '•', email: '•', postalAddress: '•' },
  privacyOfficer: { title: '•', email: '•' },
};

const shown = (contacts: Personal<AccountContacts>): AccountContacts =>
  isShredded(contacts) ? ERASED : contacts.reveal();

/** What holds, be it said by the account or usual. */
const shownRequests = (terms: AccountTerms): ConsentRequestsDto => {
  const { daysBefore, ...requests } = consentRequestTerms(terms);
  return { ...requests, daysBefore: [...daysBefore] };
};

/** The account as its owner and the operator see it. Throws the problem `not-found` when there is none. */
export const accountView = (id: string, account: Account, revision: number): AccountAnswer => {
  if (account.status === 'none') throw unknown('account');
  const { terms, contacts } = account;
  return {
    id,
    name: terms.name,
    timeZone: terms.timeZone,
    languages: [...terms.languages],
    regimes: [...terms.regimes],
    organisationType: terms.organisationType,
    consentRequests: shownRequests(terms),
    ...shown(contacts),
    revision,
  };
};
