import type { ProofLanguage } from '../../proof/proof-forms.ts';
import { en, type DossierWords } from './words-en.ts';
import { fr } from './words-fr.ts';

export const DOSSIER_WORDS: Readonly<Record<ProofLanguage, DossierWords>> = { fr, en };
