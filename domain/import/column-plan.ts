import { ok, refuse, type Refusal, type Result } from '#domain/kernel/index';
import {
  fieldKeyOf,
  type ColumnTarget,
  type EvidenceColumn,
  type ImportMapping,
} from './mapping.ts';

/** Not in the file. */
export const ABSENT = -1;

/** Where in a row each thing stands: places of cells, `ABSENT` for what the file does not say. */
export type ColumnPlan = Readonly<{
  email: number;
  language: number;
  jurisdiction: number;
  country: number;
  region: number;
  subscribedAt: number;
  unsubscribedAt: number;
  invalidAt: number;
  reason: number;
  fields: readonly Readonly<{ key: string; place: number }>[];
  /** In order of preference. */
  consentDates: readonly number[];
  expiresOn: number;
  /** Evidence that each row gives for itself. */
  evidence: readonly Readonly<{ key: EvidenceColumn; place: number }>[];
  /** Cells that nobody asked for and nobody ignored: read only to see that they hold nothing sensitive. */
  unmappedPlaces: readonly number[];
  unmapped: readonly string[];
}>;

type PlanFault = Refusal<'unknown-column' | 'email-missing'>;

/** Lays a mapping on the columns of a file. Names of columns are the caller's own, so faults may quote them. */
export const planColumns = (
  mapping: ImportMapping,
  columns: readonly string[],
): Result<ColumnPlan, PlanFault> => {
  const places = new Map(columns.map((column, index) => [column, index]));
  const fault = faultOf(mapping, places);
  return fault === undefined ? ok(planned(mapping, columns, places)) : refuse(fault);
};

type Places = ReadonlyMap<string, number>;

const absent = (column: string, path: string): PlanFault => ({
  code: 'unknown-column',
  message: `The mapping names the column “${column}”, which the file does not have. Compare the first line of the file.`,
  path,
});

const faultOf = (mapping: ImportMapping, places: Places): PlanFault | undefined => {
  for (const [column] of mapping.columns) {
    if (!places.has(column)) return absent(column, `columns.${column}`);
  }
  if (![...mapping.columns.values()].includes('email')) {
    return {
      code: 'email-missing',
      message: 'No column of the file gives the address: map one to email.',
      path: 'columns',
    };
  }
  return consentFault(mapping, places);
};

const consentFault = ({ state, consent }: ImportMapping, places: Places): PlanFault | undefined => {
  if (state !== 'subscribed' || consent.kind === 'none') return undefined;
  const { dateColumns } = consent;
  const [first] = dateColumns;
  if (first !== undefined && !dateColumns.some((column) => places.has(column))) {
    return absent(first, 'consent.dateColumns');
  }
  for (const [key, column] of consent.evidenceColumns) {
    if (!places.has(column)) return absent(column, `consent.evidenceColumns.${key}`);
  }
  const ends = consent.kind === 'implied' ? consent.expiresOnColumn : undefined;
  return ends === undefined || places.has(ends)
    ? undefined
    : absent(ends, 'consent.expiresOnColumn');
};

const planned = (
  mapping: ImportMapping,
  columns: readonly string[],
  places: Places,
): ColumnPlan => {
  const consent = claimOf(mapping, places);
  const used = new Set([
    ...consent.consentDates,
    consent.expiresOn,
    ...consent.evidence.map(({ place }) => place),
  ]);
  const unmapped = columns.filter(
    (column, place) =>
      !mapping.columns.has(column) && !mapping.ignore.has(column) && !used.has(place),
  );
  return {
    ...targetsOf(mapping, places),
    ...consent,
    unmapped,
    unmappedPlaces: unmapped.map((column) => places.get(column) ?? ABSENT),
  };
};

const targetsOf = ({ columns }: ImportMapping, places: Places) => {
  const placeOf = (wanted: ColumnTarget): number => {
    for (const [column, target] of columns) {
      if (target === wanted) return places.get(column) ?? ABSENT;
    }
    return ABSENT;
  };
  return {
    email: placeOf('email'),
    language: placeOf('language'),
    jurisdiction: placeOf('jurisdiction'),
    country: placeOf('country'),
    region: placeOf('region'),
    subscribedAt: placeOf('subscribedAt'),
    unsubscribedAt: placeOf('unsubscribedAt'),
    invalidAt: placeOf('invalidAt'),
    reason: placeOf('reason'),
    fields: [...columns].flatMap(([column, target]) => {
      const key = fieldKeyOf(target);
      return key === undefined ? [] : [{ key, place: places.get(column) ?? ABSENT }];
    }),
  };
};

/** Dates are read for those who are to get mail; a suppressed person needs no permission. */
const claimOf = (
  { state, consent }: ImportMapping,
  places: Places,
): Pick<ColumnPlan, 'consentDates' | 'expiresOn' | 'evidence'> => {
  if (state !== 'subscribed' || consent.kind === 'none') {
    return { consentDates: [], expiresOn: ABSENT, evidence: [] };
  }
  const ends = consent.kind === 'implied' ? consent.expiresOnColumn : undefined;
  return {
    consentDates: consent.dateColumns.flatMap((column) => places.get(column) ?? []),
    expiresOn: ends === undefined ? ABSENT : (places.get(ends) ?? ABSENT),
    evidence: [...consent.evidenceColumns].map(([key, column]) => ({
      key,
      place: places.get(column) ?? ABSENT,
    })),
  };
};
