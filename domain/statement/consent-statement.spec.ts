import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Language } from '#domain/kernel/index';
import { consentStatement, WITHDRAWAL, type SenderIdentity } from './index.ts';

const fr = 'fr' as Language;
const en = 'en' as Language;
const wording = {
  purpose: { fr: 'nouvelles du théâtre', en: 'news of the theatre' },
  texts: { fr: 'J’accepte de recevoir l’infolettre.', en: 'I agree to get the newsletter.' },
};
const sender: SenderIdentity = {
  name: 'Agence du Quai',
  postalAddress: '1, rue du Quai\n Québec QC\r\nG1K 1A1',
  phone: '+1 418 555 0100',
  contactEmail: 'bonjour@agence.example',
  web: 'https://agence.example',
  onBehalfOf: 'Théâtre du Fleuve',
};

describe('C-17, P-15: the statement by which consent is asked for', () => {
  it('says all that the law wants said, in French', () => {
    expect(consentStatement(wording, sender, fr)).toEqual({
      language: 'fr',
      request: 'J’accepte de recevoir l’infolettre.',
      particulars: [
        'But\u00a0: nouvelles du théâtre',
        'Agence du Quai vous demande votre accord au nom de Théâtre du Fleuve.',
        'Adresse postale\u00a0: 1, rue du Quai, Québec QC, G1K 1A1',
        'Téléphone\u00a0: +1 418 555 0100',
        'Courriel\u00a0: bonjour@agence.example',
        'Site web\u00a0: https://agence.example',
        WITHDRAWAL.fr,
      ],
      text: [
        'J’accepte de recevoir l’infolettre.',
        '',
        'But\u00a0: nouvelles du théâtre',
        'Agence du Quai vous demande votre accord au nom de Théâtre du Fleuve.',
        'Adresse postale\u00a0: 1, rue du Quai, Québec QC, G1K 1A1',
        'Téléphone\u00a0: +1 418 555 0100',
        'Courriel\u00a0: bonjour@agence.example',
        'Site web\u00a0: https://agence.example',
        WITHDRAWAL.fr,
      ].join('\n'),
    });
  });

  it('says it in English, without what there is not', () => {
    const plain = { name: 'Le Fleuve', postalAddress: '1, rue du Quai', phone: '418 555 0100' };
    expect(consentStatement({ ...wording, purpose: 'news' }, plain, en).text).toBe(
      [
        'I agree to get the newsletter.',
        '',
        'Purpose: news',
        'Le Fleuve asks for your consent.',
        'Mailing address: 1, rue du Quai',
        'Telephone: 418 555 0100',
        WITHDRAWAL.en,
      ].join('\n'),
    );
  });

  it('speaks one language throughout: that of the words that people agree to', () => {
    const french = consentStatement({ ...wording, texts: { fr: 'J’accepte.' } }, sender, en);
    expect(french.language).toBe('fr');
    expect(french.text).toContain(WITHDRAWAL.fr);
    expect(french.text).toContain('nouvelles du théâtre');
    expect(consentStatement(wording, sender, 'fr-CA' as Language).language).toBe('fr');
  });

  it('is the same text whatever machine the words were typed on', () => {
    const typed = (text: string) =>
      consentStatement({ purpose: 'x', texts: { en: text } }, sender, en);
    expect(typed('One\r\nTwo\rThree')).toEqual(typed('One\nTwo\nThree'));
  });

  it('keeps every element in the text, whatever the account writes', () => {
    const text = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 });
    const line = text.map((each) => each.trim()).filter((each) => each !== '');
    fc.assert(
      fc.property(line, line, line, line, line, (words, purpose, name, postalAddress, other) => {
        const asker = { name, postalAddress, web: 'https://a.example', onBehalfOf: other };
        const made = consentStatement({ purpose, texts: { en: words } }, asker, en);
        for (const part of [words, purpose, name, postalAddress, other, 'https://a.example'])
          expect(made.text).toContain(part);
        expect(made.text.endsWith(WITHDRAWAL.en)).toBe(true);
      }),
    );
  });
});
