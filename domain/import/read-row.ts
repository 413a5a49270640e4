import { outlastsLaw, ruleOf, type ConsentGrant } from '#domain/consent/index';
import type { CivilDate, Instant, Language } from '#domain/kernel/index';
import { ABSENT, type ColumnPlan } from './column-plan.ts';
import { readLanguage } from './imported-language.ts';
import { CivilDays, readTime, type ImportedTime } from './imported-time.ts';
import { isJurisdiction, jurisdictionFrom } from './jurisdiction.ts';
import { readEvidence } from './read-evidence.ts';
import type { ClaimedEvidence, ConsentClaim, ImportMapping } from './mapping.ts';

/** What is worth saying of a row that was accepted. */
export const REMARKS = [
  'consent-date-missing',
  'consent-date-unreadable',
  'consent-date-in-future',
  'consent-evidence-missing',
  'expiry-later-than-law',
  'duplicate-row',
  'language-unknown',
  'jurisdiction-unknown',
  'time-unreadable',
  'time-in-future',
] as const;
export type Remark = (typeof REMARKS)[number];
/** Why a claimed consent has no day on which its clock could start. */
export type ClaimFault = Extract<Remark, `consent-date-${string}`>;

/** What a row says about one person. Holds personal data: it lives for the length of a batch. */
export type ReadRow = Readonly<{
  email: string;
  language: Language | undefined;
  jurisdiction: string | undefined;
  grant: ConsentGrant | undefined;
  claimFault: ClaimFault | undefined;
  /** What the row itself shows of the basis; undefined when it shows nothing. */
  evidence: ClaimedEvidence | undefined;
  /** When the subscription began, or the person left, or the address failed; undefined when not said. */
  subscribedAt: Instant | undefined;
  suppressedAt: Instant | undefined;
  reason: string | undefined;
  remark: Remark | undefined;
}>;

/** The clock of an import: now, and the day that it is where the account is. */
export type ImportClock = Readonly<{ now: Instant; today: CivilDate }>;

/** Of several remarks on a row the one that matters most to whoever reads the report. */
export const weightier = (a: Remark | undefined, b: Remark | undefined): Remark | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return REMARKS.indexOf(a) <= REMARKS.indexOf(b) ? a : b;
};

type Claimed = Noted<ConsentGrant> & Readonly<{ fault?: ClaimFault }>;
type Noted<T> = Readonly<{ value: T | undefined; remark?: Remark }>;
const NOTHING = { value: undefined } as const;

/** Reads the rows of one file; what is not said stays undefined, and what cannot be read is remarked. */
export class RowReading {
  readonly #mapping: ImportMapping;
  readonly #plan: ColumnPlan;
  readonly #days: CivilDays;

  constructor(mapping: ImportMapping, plan: ColumnPlan, timeZone: string) {
    this.#mapping = mapping;
    this.#plan = plan;
    this.#days = new CivilDays(timeZone);
  }

  read(cells: readonly string[], clock: ImportClock): ReadRow {
    const plan = this.#plan;
    const consent = this.#consent(cells, clock);
    const language = languageIn(cellAt(cells, plan.language));
    const jurisdiction = this.#jurisdiction(cells);
    const subscribed = this.#instant(cellAt(cells, plan.subscribedAt), clock);
    const suppressed = this.#instant(cellAt(cells, this.#suppressionPlace()), clock);
    const reason = cellAt(cells, plan.reason);
    return {
      email: cells[plan.email] ?? '',
      language: language.value,
      jurisdiction: jurisdiction.value,
      grant: consent.value,
      claimFault: consent.fault,
      evidence: readEvidence(cells, plan.evidence),
      subscribedAt: subscribed.value,
      suppressedAt: suppressed.value,
      reason: reason === '' ? undefined : reason,
      remark: [language, jurisdiction, subscribed, suppressed].reduce(
        (remark, noted) => weightier(remark, noted.remark),
        consent.fault ?? consent.remark,
      ),
    };
  }

  #suppressionPlace(): number {
    const { state } = this.#mapping;
    if (state === 'unsubscribed') return this.#plan.unsubscribedAt;
    return state === 'invalid' ? this.#plan.invalidAt : ABSENT;
  }

  /** C-08, C-19: a consent without a date of its own, or dated in the future, is none. */
  #consent(cells: readonly string[], clock: ImportClock): Claimed {
    const { consent, state } = this.#mapping;
    if (state !== 'subscribed' || consent.kind === 'none') return NOTHING;
    const text = firstFilled(cells, this.#plan.consentDates);
    if (text === '') return { value: undefined, fault: 'consent-date-missing' };
    const time = readTime(text);
    if (time === undefined) return { value: undefined, fault: 'consent-date-unreadable' };
    const date = this.#days.dayOf(time);
    if (date > clock.today && !isEndToCome(consent)) {
      return { value: undefined, fault: 'consent-date-in-future' };
    }
    if (consent.kind === 'express') return { value: { kind: 'express', date } };
    return this.#implied(consent.basis, date, cellAt(cells, this.#plan.expiresOn));
  }

  #implied(
    basis: Extract<ConsentGrant, { kind: 'implied' }>['basis'],
    date: CivilDate,
    end: string,
  ): Claimed {
    if (end === '') return { value: { kind: 'implied', basis, date } };
    const expiry = readTime(end);
    // Taking the law's end instead would be longer than what the account meant.
    if (expiry === undefined) return { value: undefined, fault: 'consent-date-unreadable' };
    const value = { kind: 'implied', basis, date, expiresOn: this.#days.dayOf(expiry) } as const;
    return outlastsLaw(value) ? { value, remark: 'expiry-later-than-law' } : { value };
  }

  #jurisdiction(cells: readonly string[]): Noted<string> {
    const { jurisdiction, country, region } = this.#plan;
    const ofAll = this.#mapping.jurisdiction;
    const written = cellAt(cells, jurisdiction).toUpperCase();
    if (written !== '') {
      return isJurisdiction(written)
        ? { value: written }
        : { value: ofAll, remark: 'jurisdiction-unknown' };
    }
    const land = cellAt(cells, country);
    if (land === '') return { value: ofAll };
    const value = jurisdictionFrom(land, cellAt(cells, region));
    return value === undefined ? { value: ofAll, remark: 'jurisdiction-unknown' } : { value };
  }

  /** A moment that has not come yet counts as now: the ledger tells of the past. */
  #instant(text: string, { now }: ImportClock): Noted<Instant> {
    if (text === '') return NOTHING;
    const time: ImportedTime | undefined = readTime(text);
    if (time === undefined) return { value: undefined, remark: 'time-unreadable' };
    const instant = this.#days.instantOf(time);
    return instant > now ? { value: now, remark: 'time-in-future' } : { value: instant };
  }
}

/** The end of a contract, an account or a membership that is in force. */
const isEndToCome = (consent: Exclude<ConsentClaim, { kind: 'none' }>): boolean =>
  ruleOf(consent).starts === 'in-force';

const languageIn = (text: string): Noted<Language> => {
  if (text === '') return NOTHING;
  const value = readLanguage(text);
  return value === undefined ? { value, remark: 'language-unknown' } : { value };
};

const cellAt = (cells: readonly string[], place: number): string =>
  place === ABSENT ? '' : (cells[place] ?? '').trim();

const firstFilled = (cells: readonly string[], places: readonly number[]): string => {
  for (const place of places) {
    const text = cellAt(cells, place);
    if (text !== '') return text;
  }
  return '';
};
