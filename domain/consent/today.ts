import {
  civilDateIn,
  earlierOf,
  laterOf,
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
