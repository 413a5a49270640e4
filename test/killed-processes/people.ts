export const addressOf = (n: number): string => `p${String(n)}@lectures.example`;

/** So many people, as a file to import. */
export const fileOf = (count: number): string =>
  [
    'Email,Prenom,Langue,Date',
    ...Array.from({ length: count }, (_, n) => `${addressOf(n)},Ada,fr,2025-03-01`),
  ].join('\n');
