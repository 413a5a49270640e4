import { describe, expect, it } from '@jest/globals';
import { evidenceInFrench } from './evidence-in-french.ts';

describe('evidenceInFrench', () => {
  it.each([
    ['web form', 'formulaire web'],
    ['consent page', 'page de consentement'],
    ['ticked the box; page in fr', 'case cochée\u00a0; langue de la page\u00a0: fr'],
    [
      'ticked the box and pressed the button; page in fr-CA',
      'case cochée et bouton pressé\u00a0; langue de la page\u00a0: fr-CA',
    ],
    ['chosen on the page in en', 'choisi sur la page\u00a0; langue de la page\u00a0: en'],
  ])('says what a page wrote: %s', (text, french) => {
    expect(evidenceInFrench(text)).toBe(french);
  });

  it.each(['card in the shop', 'met in Gaspé', 'constructor', ''])(
    'leaves as it is: %s',
    (text) => {
      expect(evidenceInFrench(text)).toBe(text);
    },
  );
});
