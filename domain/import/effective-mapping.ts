import { fieldKeyOf, type ColumnTarget, type ImportMapping, type ImportState } from './mapping.ts';
import type { RequestedMapping } from './parse-mapping.ts';
import type { Preset } from './presets.ts';

/**
 * The mapping for a file with these columns: what the caller says, and where the caller says nothing, what
 * the preset knows. A preset fills only fields that the account has.
 */
export const effectiveMapping = (
  requested: RequestedMapping,
  columns: readonly string[],
  isField: (key: string) => boolean,
): ImportMapping => {
  const { preset, listIds, consent, privacyBasis, jurisdiction } = requested;
  return {
    columns: preset === undefined ? requested.columns : filled(requested, preset, columns, isField),
    ignore: new Set([
      ...requested.ignore,
      ...(preset ? ignoredBy(preset, requested, columns) : []),
    ]),
    listIds,
    state: requested.state ?? (preset ? stateFrom(preset, columns) : 'subscribed'),
    consent,
    ...(privacyBasis && { privacyBasis }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  };
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const filled = (
  { columns: given, ignore, jurisdiction }: RequestedMapping,
  preset: Preset,
  columns: readonly string[],
  isField: (key: string) => boolean,
): ReadonlyMap<string, ColumnTarget> => {
  const mapped = new Map(given);
  const taken = new Set<ColumnTarget>(given.values());
  // A place that the caller names, for all or by a column, beats the one that the preset would read.
  if (jurisdiction !== undefined || taken.has('jurisdiction')) taken.add('country').add('region');
  for (const column of columns) {
    const target = targetIn(preset, column);
    if (target === undefined || taken.has(target) || mapped.has(column)) continue;
    if (ignore.includes(column) || !isKept(target, isField)) continue;
    mapped.set(column, target);
    taken.add(target);
  }
  return mapped;
};

const targetIn = (preset: Preset, column: string): ColumnTarget | undefined =>
  Object.entries(preset.columns).find(([name]) => same(name, column))?.[1];

const isKept = (target: ColumnTarget, isField: (key: string) => boolean): boolean => {
  const key = fieldKeyOf(target);
  return key === undefined || isField(key);
};

/** Columns of places that the caller overruled are not unmapped: they were not wanted. */
const ignoredBy = (
  preset: Preset,
  { columns: given, jurisdiction }: RequestedMapping,
  columns: readonly string[],
): readonly string[] => {
  const overruled = jurisdiction !== undefined || [...given.values()].includes('jurisdiction');
  return columns.filter((column) => {
    if (given.has(column)) return false;
    const target = targetIn(preset, column);
    return (
      preset.ignore.some((name) => same(name, column)) ||
      (overruled && (target === 'country' || target === 'region'))
    );
  });
};

const stateFrom = (preset: Preset, columns: readonly string[]): ImportState =>
  preset.stateColumns.find(([name]) => columns.some((column) => same(name, column)))?.[1] ??
  'subscribed';
