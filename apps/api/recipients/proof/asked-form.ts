import type { Language } from '#domain/kernel/index';
import { problem } from '../../http/problem.ts';
import { acceptedLanguages, firstOffered, pageLanguageOf } from '../../public/html/language.ts';
import { PROOF_LANGUAGES, type ProofFormat, type ProofLanguage } from './proof-forms.ts';

const LANGUAGES = [...PROOF_LANGUAGES] as string[] as Language[];

const TAKEN: ReadonlyMap<string, ProofFormat> = new Map([
  ['application/json', 'json'],
  ['text/html', 'html'],
  ['application/*', 'json'],
  ['text/*', 'html'],
  ['*/*', 'json'],
]);

/** By `format`, else the first form of the list in `Accept` that there is. Throws the problem `not-acceptable`. */
export const askedFormat = (
  format: ProofFormat | undefined,
  accept: string | undefined,
): ProofFormat => {
  if (format !== undefined) return format;
  for (const each of (accept ?? '*/*').split(',')) {
    const form = TAKEN.get(each.split(';', 1)[0]?.trim().toLowerCase() ?? '');
    if (form !== undefined) return form;
  }
  throw problem('not-acceptable', 'This is to be had as application/json or text/html.');
};

/** By `language`, else by `Accept-Language`, else the first of the others in which there is a page. */
export const askedLanguage = (
  language: ProofLanguage | undefined,
  accepted: string | undefined,
  others: readonly Language[],
): ProofLanguage =>
  language ?? pageLanguageOf(firstOffered([...acceptedLanguages(accepted), ...others], LANGUAGES));
