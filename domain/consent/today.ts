import {
  civilDateIn,
  earlierOf,
  laterOf,
  plusDays,
  startOfDay,
  type CivilDate,
  type Instant,
} from '#domain/kernel/index';
import type { SendingAccount } from './decision.ts';
import type { Place } from './jurisdictions/place.ts';

/**
 * The day it is when a consent is judged. Where several zones apply, consents begin by the zone that is
 * furthest behind and end by the one furthest ahead (C-13).
 */
export type Today = Readonly<{ earliest: CivilDate; latest: CivilDate }>;

/** The days at an instant where the account is and, where that is known, where the recipient is. */
export const todayFor = (
  { timeZone }: Pick<SendingAccount, 'timeZone'>,
  place: Place | undefined,
  at: Instant,
): Today => {
  let earliest = civilDateIn(timeZone, at);
  let latest = earliest;
  for (const zone of place?.zones ?? []) {
    const date = civilDateIn(zone, at);
    earliest = earlierOf(earliest, date);
    latest = laterOf(latest, date);
  }
  return { earliest, latest };
};

/** Days are asked for again and again: everybody of one purchase campaign has the same. */
const ends = new Map<string, Instant>();
const ENDS_KEPT = 10_000;

/**
 * The instant at which a day is over where the recipient is: in the zone of the place that is furthest
 * ahead (C-13). Undefined where the place is not known: then the account's zone alone decides.
 */
export const endOfDayAt = (place: Place | undefined, day: CivilDate): Instant | undefined => {
  let earliest: Instant | undefined;
  for (const zone of place?.zones ?? []) {
    const end = endOfDayIn(zone, day);
    if (earliest === undefined || end < earliest) earliest = end;
  }
  return earliest;
};

const endOfDayIn = (zone: string, day: CivilDate): Instant => {
  const name = `${day} ${zone}`;
  const known = ends.get(name);
  if (known !== undefined) return known;
  const end = startOfDay(zone, plusDays(day, 1));
  if (ends.size >= ENDS_KEPT) ends.clear();
  ends.set(name, end);
  return end;
};
