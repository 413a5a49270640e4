const WORDS: readonly (readonly [RegExp, string])[] = [
  [/CASL/g, 'LCAP'],
  [/SOR\//g, 'DORS/'],
  [/Interpretation Act/g, 'Loi d’interprétation'],
  [/GDPR/g, 'RGPD'],
  [/\b(s|ss|art|reg)\. /g, 'art. '],
  // A lettered paragraph; a roman number below it keeps both parentheses.
  [/\(([a-hj-z])\)/g, '$1)'],
];

/** A section of law as it is cited in French: `CASL s. 10(10)(a)` is `LCAP art. 10(10)a)`. */
export const frenchSection = (section: string): string =>
  WORDS.reduce((text, [word, french]) => text.replace(word, french), section);
