import { describe, expect, it } from '@jest/globals';
import {
  clear,
  fold,
  isShredded,
  SHREDDED,
  type Language,
  type WordingId,
} from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { aWording } from '#domain/testing/sample-ids';
import {
  accountStream,
  consentRequestTerms,
  USUAL_CONSENT_REQUESTS,
  type AccountContacts,
  type AccountOpened,
  type AccountTerms,
  type OpenAccount,
  type Sender,
} from './index.ts';

const terms: AccountTerms = {
  name: 'Théâtre du Fleuve',
  timeZone: 'America/Toronto',
  languages: ['fr' as Language, 'en' as Language],
  regimes: ['casl', 'law25'],
  organisationType: 'registered-charity',
};
const sender: Sender = {
  name: 'Théâtre du Fleuve',
  email: 'nouvelles@theatre.example',
  postalAddress: '1, rue du Quai, Québec QC G1K 1A1',
  phone: '+1 418 555 0100',
};
const contacts: AccountContacts = {
  sender,
  privacyOfficer: { title: 'Directrice', email: 'vie-privee@theatre.example' },
};
const open = (change: Partial<AccountTerms> = {}, from: Partial<Sender> = {}): OpenAccount => ({
  type: 'OpenAccount',
  terms: { ...terms, ...change },
  contacts: clear({ ...contacts, sender: { ...sender, ...from } }),
});
const opened: AccountOpened = { type: 'AccountOpened', data: terms, personal: clear(contacts) };
const account = specify(accountStream);
const change = (changed: Partial<AccountTerms>, people: Partial<AccountContacts> = {}) =>
  ({ type: 'ChangeAccount', terms: changed, contacts: clear(people) }) as const;

describe('opening an account', () => {
  it('records terms, and contacts as personal data', () => {
    const decision = accountStream.decide(open(), accountStream.initialState);
    expect(decision).toMatchObject({ ok: true, value: [{ type: 'AccountOpened', data: terms }] });
    if (!decision.ok) throw new Error('refused');
    const [event] = decision.value;
    expect(event?.type === 'AccountOpened' && !isShredded(event.personal)).toBe(true);
    if (event?.type !== 'AccountOpened' || isShredded(event.personal)) throw new Error('shredded');
    expect(event.personal.reveal()).toEqual(contacts);
  });

  it('is done once: the same again changes nothing, anything else is refused', () => {
    account.given(opened).when(open()).thenNothing();
    account
      .given(opened)
      .when(open({ name: 'Other' }))
      .thenRefused({ code: 'account-exists' });
    account
      .given(opened)
      .when(open({}, { phone: '418 555 0199' }))
      .thenRefused({ code: 'account-exists' });
  });

  it.each([
    ['name-missing', 'name', { name: ' ' }],
    ['time-zone-unknown', 'timeZone', { timeZone: 'Mars/Olympus' }],
    ['time-zone-unknown', 'timeZone', { timeZone: '+05:00' }],
    ['language-missing', 'languages', { languages: [] }],
    ['language-unknown', 'languages.0', { languages: ['french!' as Language] }],
    ['regime-missing', 'regimes', { regimes: [] }],
    ['regime-unknown', 'regimes.1', { regimes: ['casl', 'hipaa' as 'casl'] }],
    ['organisation-type-unknown', 'organisationType', { organisationType: 'x' as 'political' }],
  ] as const)('CON-8: refuses terms as %s at %s', (code, path, wrong) => {
    account.given().when(open(wrong)).thenRefused({ code, path });
  });

  it.each([
    ['daysBefore.0', { daysBefore: [0] }],
    ['daysBefore.1', { daysBefore: [60, 366] }],
    ['daysBefore.0', { daysBefore: [7.5] }],
    ['daysBefore.2', { daysBefore: [60, 30, 60] }],
    ['blockFromDays', { blockFromDays: -1 }],
    ['blockFromDays', { blockFromDays: 366 }],
    ['wordingId', { wordingId: 'wrd_x' as WordingId }],
  ] as const)('CON-4: refuses a way of asking that is wrong at %s', (path, wrong) => {
    const consentRequests = { ...USUAL_CONSENT_REQUESTS, ...wrong };
    account
      .given()
      .when(open({ consentRequests }))
      .thenRefused({ code: 'consent-requests-invalid', path: `consentRequests.${path}` });
  });

  it.each([
    ['sender-name-missing', 'sender.name', { name: '' }],
    ['sender-name-missing', 'sender.name', { name: 'A\r\nBcc: b@c.example' }],
    ['sender-email-invalid', 'sender.email', { email: 'nobody' }],
    ['sender-address-missing', 'sender.postalAddress', { postalAddress: '\n' }],
    ['on-behalf-unclear', 'sender.onBehalfOf', { onBehalfOf: ' ' }],
    ['on-behalf-unclear', 'sender.onBehalfOf', { onBehalfOf: 'théâtre du fleuve ' }],
    ['on-behalf-unclear', 'sender.onBehalfOf', { onBehalfOf: 'A\nB' }],
    ['sender-contact-missing', 'sender', { phone: ' ' }],
    ['sender-contact-invalid', 'sender.phone', { phone: 'call us' }],
    ['sender-contact-invalid', 'sender.contactEmail', { contactEmail: 'us' }],
    ['sender-contact-invalid', 'sender.web', { web: 'ftp://x' }],
  ] as const)('C-17, C-21: refuses a sender as %s at %s', (code, path, wrong) => {
    account.given().when(open({}, wrong)).thenRefused({ code, path });
  });

  it.each(['contactEmail', 'web'] as const)('C-21: takes %s instead of a telephone', (way) => {
    const { phone: _, ...silent } = sender;
    const reached = { ...silent, [way]: way === 'web' ? 'https://theatre.example' : 'a@b.example' };
    const command = { ...open(), contacts: clear({ ...contacts, sender: reached }) };
    expect(accountStream.decide(command, accountStream.initialState).ok).toBe(true);
  });

  it('PRV: wants a privacy officer with an address', () => {
    const officer = (title: string, email: string) => ({
      ...open(),
      contacts: clear({ ...contacts, privacyOfficer: { title, email } }),
    });
    account
      .given()
      .when(officer('', 'a@b.example'))
      .thenRefused({ code: 'privacy-officer-missing' });
    account
      .given()
      .when(officer('DPO', 'no'))
      .thenRefused({ code: 'privacy-officer-email-invalid' });
  });

  it('never repeats a contact in a refusal', () => {
    const decision = accountStream.decide(
      open({}, { email: 'jeanne at secret' }),
      accountStream.initialState,
    );
    expect(JSON.stringify(decision)).not.toContain('jeanne');
  });
});

describe('changing an account', () => {
  it('records only what changed', () => {
    account
      .given(opened)
      .when(change({ name: 'Le Fleuve', timeZone: terms.timeZone }))
      .then({ type: 'AccountTermsChanged', data: { name: 'Le Fleuve' } });
    const moved = { ...sender, postalAddress: '2, rue du Quai, Québec' };
    const decision = accountStream.decide(
      change({}, { sender: moved, privacyOfficer: contacts.privacyOfficer }),
      fold(accountStream, [opened]),
    );
    expect(decision).toMatchObject({
      ok: true,
      value: [{ type: 'AccountContactsChanged', data: { changed: ['sender'] } }],
    });
  });

  it('CON-4: asks for consent as the law allows until it says otherwise', () => {
    expect(consentRequestTerms(terms)).toEqual({ daysBefore: [60, 30, 7], blockFromDays: 90 });
    const consentRequests = { wordingId: aWording, daysBefore: [], blockFromDays: 0 };
    const event = { type: 'AccountTermsChanged', data: { consentRequests } } as const;
    account.given(opened).when(change({ consentRequests })).then(event);
    account.given(opened, event).when(change({ consentRequests })).thenNothing();
    const state = fold(accountStream, [opened, event]);
    if (state.status !== 'open') throw new Error('not open');
    expect(consentRequestTerms(state.terms)).toEqual(consentRequests);
  });

  it('changes nothing when all is so already', () => {
    account.given(opened).when(change(terms, contacts)).thenNothing();
    account.given(opened).when(change({})).thenNothing();
  });

  it('keeps what the law wants said', () => {
    account
      .given(opened)
      .when(change({ regimes: [] }))
      .thenRefused({ code: 'regime-missing' });
    account
      .given(opened)
      .when(change({}, { sender: { ...sender, postalAddress: '' } }))
      .thenRefused({ code: 'sender-address-missing' });
  });

  it('is refused before the account is opened', () => {
    account
      .given()
      .when(change({ name: 'x' }))
      .thenRefused({ code: 'unknown-account' });
  });

  it('after the key is destroyed, takes contacts only as a whole', () => {
    const erased: AccountOpened = { ...opened, personal: SHREDDED };
    account
      .given(erased)
      .when(change({ name: terms.name }))
      .thenNothing();
    account.given(erased).when(change({}, { sender })).thenRefused({ code: 'contacts-erased' });
    const decision = accountStream.decide(change({}, contacts), fold(accountStream, [erased]));
    if (!decision.ok) throw new Error('refused');
    const state = fold(accountStream, [erased, ...decision.value]);
    if (state.status !== 'open' || isShredded(state.contacts)) throw new Error('still shredded');
    expect(state.contacts.reveal()).toEqual(contacts);
  });
});
