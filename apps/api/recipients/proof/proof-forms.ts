/** The forms that a proof about one person (a dossier, a receipt) is to be had in: data, or a page that prints. */
export const PROOF_FORMATS = ['json', 'html'] as const;
export type ProofFormat = (typeof PROOF_FORMATS)[number];

export const PROOF_LANGUAGES = ['fr', 'en'] as const;
export type ProofLanguage = (typeof PROOF_LANGUAGES)[number];
