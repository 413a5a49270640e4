import type { Bilingual } from '#domain/kernel/index';
import type { BusinessLabel } from './business-labels.ts';
import type { OrganisationType, Regime } from '../consent.ts';
import type { EvidenceGroup } from './evidence.ts';

/**
 * How long a basis lasts from its civil date, as whole months and a correction in days; `open` has no
 * end that can be computed from a date.
 */
export type Clock = Readonly<{ months: number; days: number }> | 'open';

/** A row of the decision table that a message to a list may rest on (rows 1 to 12, 14 and 15). */
export type BasisRule = Readonly<{
  row: number;
  /** Sections of law, several parted by `;`. */
  section: string;
  name: Bilingual;
  /** What the consent's `date` is the day of. */
  clockStarts: Bilingual;
  clock: Clock;
  /**
   * When messages may begin: on the consent's day, on the day after it (C-12), or before it, because the day
   * is the end of a relationship that is in force until then and can be yet to come.
   */
  starts: 'that-day' | 'next-day' | 'in-force';
  /** What starts the clock afresh. */
  renewedBy: Bilingual;
  /** All of these must be shown. */
  evidence: readonly EvidenceGroup[];
  /** Absent where an organisation of any type may use the basis (C-06). */
  organisationTypes?: readonly OrganisationType[];
  /** Regimes under which the basis can carry a newsletter; `gdpr` in the way that `eprivacy.ts` says. */
  regimes: readonly Regime[];
  /** What businesses call people of whom this can be true (C-05). */
  labels: readonly BusinessLabel[];
}>;

export const TWO_YEARS: Clock = { months: 24, days: 0 };
export const SIX_MONTHS: Clock = { months: 6, days: 0 };
/** The period "begins on" the day it ends: counted from that day, included (s. 10(14)). */
export const TWO_YEARS_FROM_THE_END: Clock = { months: 24, days: -1 };
/** The Act sets no limit; the product asks for a fresh look after a year. */
export const ONE_YEAR_BY_POLICY: Clock = { months: 12, days: 0 };
