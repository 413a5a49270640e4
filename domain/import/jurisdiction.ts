const JURISDICTION = /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/;

/** Whether a text has the form of an ISO 3166-1 or 3166-2 code: `CA`, `CA-QC`. */
export const isJurisdiction = (text: string): boolean => JURISDICTION.test(text);

const known = new Map<string, string | undefined>();

/** Code of a country and a region as files write them, `ca` and `qc`; undefined when they say nothing. */
export const jurisdictionFrom = (country: string, region: string): string | undefined => {
  const key = `${country} ${region}`;
  if (known.has(key)) return known.get(key);
  const code = read(country.trim().toUpperCase(), region.trim().toUpperCase());
  // A file can hold anything in this column; the table must not grow with it.
  if (known.size < 1_000) known.set(key, code);
  return code;
};

const read = (country: string, region: string): string | undefined => {
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  const both = `${country}-${region}`;
  return isJurisdiction(both) ? both : country;
};
