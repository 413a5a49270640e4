import type { DossierLanguage } from '../dto/dossier.dto.ts';
import { en, type DossierWords } from './words-en.ts';
import { fr } from './words-fr.ts';

export const DOSSIER_WORDS: Readonly<Record<DossierLanguage, DossierWords>> = { fr, en };
