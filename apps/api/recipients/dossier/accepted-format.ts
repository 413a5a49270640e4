import type { DossierFormat } from './dto/dossier.dto.ts';

const TAKEN: ReadonlyMap<string, DossierFormat> = new Map([
  ['application/json', 'json'],
  ['text/html', 'html'],
  ['application/*', 'json'],
  ['text/*', 'html'],
  ['*/*', 'json'],
]);

/** The first form of the list in an `Accept` header that there is; undefined when there is none. */
export const acceptedDossierFormat = (accept: string | undefined): DossierFormat | undefined => {
  for (const each of (accept ?? '*/*').split(',')) {
    const form = TAKEN.get(each.split(';', 1)[0]?.trim().toLowerCase() ?? '');
    if (form !== undefined) return form;
  }
  return undefined;
};
