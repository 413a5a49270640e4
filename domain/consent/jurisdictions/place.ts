import { CANADIAN_PROVINCES } from './canadian-provinces.ts';
import { EPRIVACY_STATES, PECR_STATES } from './eprivacy-states.ts';
import { LISTED_STATES } from './listed-states.ts';
import { PLACES_BY_ZONE } from './zones.ts';

/** Where a recipient is, as far as the rules ask. */
export type Place = Readonly<{
  /** Listed in the schedule of SOR/2013-221. */
  isListed: boolean;
  /** Quebec, or Canada without a province that would say it is not Quebec. */
  mayBeQuebec: boolean;
  /** Whose rule on electronic mail the product knows. */
  foreignLaw?: 'eprivacy' | 'pecr';
  /** Zones that can be the furthest ahead or behind there (C-13). */
  zones: readonly string[];
}>;

const zonesByPlace = new Map<string, string[]>();
for (const row of PLACES_BY_ZONE) {
  const [zone = '', ...places] = row.split(' ');
  for (const place of places) zonesByPlace.set(place, [...(zonesByPlace.get(place) ?? []), zone]);
}

/** Codes that are written for a country without being its ISO 3166-1 code. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['UK', 'GB'],
  ['EL', 'GR'],
]);

const seen = new Map<string, Place | undefined>();

/**
 * The place that an ISO 3166 code names (`CA-QC`, `FR`); undefined when it is absent or names no country,
 * which is the same to the rules: not known.
 */
export const placeOf = (jurisdiction: string | undefined): Place | undefined => {
  if (jurisdiction === undefined) return undefined;
  if (seen.has(jurisdiction)) return seen.get(jurisdiction);
  const place = read(jurisdiction);
  // Anything of the form can be recorded; the table must not grow with it.
  if (seen.size < 1_000) seen.set(jurisdiction, place);
  return place;
};

const read = (jurisdiction: string): Place | undefined => {
  const [written = ''] = jurisdiction.split('-');
  const country = ALIASES.get(written) ?? written;
  const zones = zonesByPlace.get(jurisdiction) ?? zonesByPlace.get(country);
  if (zones === undefined) return undefined;
  const foreignLaw = foreignLawOf(country);
  return {
    isListed: LISTED_STATES.has(country),
    mayBeQuebec: country === 'CA' && !isOtherProvince(jurisdiction),
    ...(foreignLaw === undefined ? {} : { foreignLaw }),
    zones,
  };
};

const isOtherProvince = (jurisdiction: string): boolean =>
  jurisdiction !== 'CA-QC' && CANADIAN_PROVINCES.has(jurisdiction);

const foreignLawOf = (country: string): Place['foreignLaw'] => {
  if (EPRIVACY_STATES.has(country)) return 'eprivacy';
  return PECR_STATES.has(country) ? 'pecr' : undefined;
};
