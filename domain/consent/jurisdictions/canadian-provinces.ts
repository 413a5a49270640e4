/** Provinces and territories of Canada. Source: ISO 3166-2:CA. */
export const CANADIAN_PROVINCES: ReadonlySet<string> = new Set([
  'CA-AB',
  'CA-BC',
  'CA-MB',
  'CA-NB',
  'CA-NL',
  'CA-NS',
  'CA-NT',
  'CA-NU',
  'CA-ON',
  'CA-PE',
  'CA-QC',
  'CA-SK',
  'CA-YT',
]);
