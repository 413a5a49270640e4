/** A person whose every word can be searched for. */
export type Canary = Readonly<{
  email: string;
  firstName: string;
  language: 'fr' | 'en';
  /** Long enough that none stands anywhere by chance. */
  words: readonly string[];
}>;

const canary = (email: string, firstName: string, language: 'fr' | 'en'): Canary => {
  const [local = '', domain = ''] = email.split('@');
  return { email, firstName, language, words: [local, domain.split('.')[0] ?? '', firstName] };
};

/** Accents, capital letters and a domain beyond ASCII, all in one. */
export const VICTIM = canary(
  'Zénobie.QUAGGATROIS@Küchenfee-Narval.example',
  'Zénobie-Pérégrine',
  'fr',
);

export const BYSTANDERS = {
  capitals: canary('WIGBERT.FLOXAMINE@SHOUTING-OKAPI.EXAMPLE', 'Wigbert-Maximilian', 'en'),
  beyondAscii: canary('thorvald.brixenmoor@käsekuchen-wombat.example', 'Thorvald-Sigismund', 'en'),
  accents: canary(
    'clémentine.ornithorynque@lecture-lamantin.example',
    'Clémentine-Églantine',
    'fr',
  ),
} as const;

/** People who are erased while the program is killed. */
export const SHORT_LIVED = [
  canary('barnabé.tatouville@chausson-tamanoir.example', 'Barnabé-Hippolyte', 'fr'),
  canary('ludmilla.quokkanova@pantoufle-suricate.example', 'Ludmilla-Anastasia', 'en'),
  canary('ambroise.pangolino@moustache-fennec.example', 'Ambroise-Théophile', 'fr'),
] as const;

/** Rows for `expressMapping`. */
export const csvOf = (people: readonly Canary[]): string =>
  [
    'Email,Prenom,Langue,Date',
    ...people.map(
      ({ email, firstName, language }) => `${email},${firstName},${language},2025-03-01`,
    ),
  ].join('\n');
