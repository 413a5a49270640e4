import type { ImportFormat } from '#domain/import/index';
import { problem } from '../http/problem.ts';

const FORMATS: ReadonlyMap<string, ImportFormat> = new Map([
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'tsv'],
  ['application/x-ndjson', 'ndjson'],
]);

export const FILE_TYPES: readonly string[] = [...FORMATS.keys()];

/** The format that a `Content-Type` names. Throws the problem `unsupported-media-type`. */
export const formatOf = (contentType: string | undefined): ImportFormat => {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  const format = FORMATS.get(type.trim());
  if (format === undefined) {
    throw problem(
      'unsupported-media-type',
      `Send the file as ${FILE_TYPES.join(', ')}. Save a workbook (XLSX) as “CSV UTF-8” first.`,
    );
  }
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw problem('unsupported-media-type', 'Save the file in UTF-8 and send it again.');
  }
  return format;
};
