import { describe, expect, it } from '@jest/globals';
import type { Language } from '#domain/kernel/index';
import { requestFaults, type AskedWording, type SenderIdentity } from './index.ts';

const languages = ['fr', 'en'] as Language[];
const wording: AskedWording = {
  purpose: 'newsletter',
  texts: { fr: 'J’accepte.', en: 'I agree.' },
};
const sender: SenderIdentity = { name: 'Le Fleuve', postalAddress: '1, rue du Quai', phone: '418' };
const codes = (asked: AskedWording, by: SenderIdentity | undefined = sender) =>
  requestFaults(asked, by, languages).map(({ code, path }) => [code, path]);

describe('C-17: a request for consent', () => {
  it('lacks nothing when all is said', () => {
    expect(codes(wording)).toEqual([]);
    expect(codes({ ...wording, purpose: { fr: 'nouvelles', en: 'news' } })).toEqual([]);
    expect(codes({ ...wording, texts: { 'fr-CA': 'J’accepte.', 'en-GB': 'I agree.' } })).toEqual(
      [],
    );
    expect(codes(wording, { ...sender, onBehalfOf: 'Le Quai' })).toEqual([]);
  });

  it.each<[string, string, AskedWording, SenderIdentity]>([
    ['wording-text-missing', 'wordingId', { ...wording, texts: { fr: 'J’accepte.' } }, sender],
    ['wording-text-missing', 'wordingId', { ...wording, texts: { fr: 'x', en: ' ' } }, sender],
    ['purpose-missing', 'wordingId', { ...wording, purpose: ' ' }, sender],
    ['purpose-missing', 'wordingId', { ...wording, purpose: { en: 'news' } }, sender],
    ['sender-name-missing', 'sender.name', wording, { ...sender, name: ' ' }],
    ['sender-address-missing', 'sender.postalAddress', wording, { ...sender, postalAddress: '' }],
    ['sender-contact-missing', 'sender', wording, { ...sender, phone: ' ' }],
    ['on-behalf-unclear', 'sender.onBehalfOf', wording, { ...sender, onBehalfOf: '' }],
    ['on-behalf-unclear', 'sender.onBehalfOf', wording, { ...sender, onBehalfOf: 'le fleuve' }],
  ])('is refused as %s at %s', (code, path, asked, by) => {
    expect(codes(asked, by)).toEqual([[code, path]]);
  });

  it.each([
    'I agree to the terms and conditions and to get news.',
    'I accept the Terms of Use.',
    'J’accepte les conditions générales et l’infolettre.',
    'J’accepte les conditions d’utilisation.',
  ])('C-17: is sought separately: “%s” is refused', (text) => {
    expect(codes({ ...wording, texts: { fr: text, en: text } })).toEqual([
      ['consent-bundled', 'wordingId'],
    ]);
  });

  it('may speak of terms in another sense, and of the privacy policy', () => {
    const text = 'I agree to get news of the term, on any condition. See our privacy policy.';
    expect(codes({ ...wording, texts: { fr: text, en: text } })).toEqual([]);
  });

  it('names all that is missing at once, each with its rule', () => {
    const faults = requestFaults({ purpose: '', texts: {} }, undefined, languages);
    expect(faults.map(({ code }) => code)).toEqual([
      'wording-text-missing',
      'wording-text-missing',
      'purpose-missing',
      'sender-name-missing',
      'sender-address-missing',
      'sender-contact-missing',
    ]);
    for (const { message } of faults) expect(message).toMatch(/C-17: /);
  });
});
