export const addressOf = (n: number, crowd = 'p'): string =>
  `${crowd}${String(n)}@lectures.example`;

/** So many people, as a file to import. */
export const fileOf = (count: number, crowd?: string): string =>
  [
    'Email,Prenom,Langue,Date',
    ...Array.from({ length: count }, (_, n) => `${addressOf(n, crowd)},Ada,fr,2025-03-01`),
  ].join('\n');
