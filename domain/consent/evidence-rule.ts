/** The rule by which a consent needs its evidence, by its row of the decision table. */
export const evidenceRule = (row: number | undefined): 'C-07' | 'C-08' | 'C-19' => {
  if (row === 1) return 'C-19';
  return row === 11 || row === 12 ? 'C-07' : 'C-08';
};
