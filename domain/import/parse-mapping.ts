import { PRIVACY_BASES, type PrivacyBasisKind } from '#domain/consent/index';
import { ListId, ok, refuse, type Result } from '#domain/kernel/index';
import { isJurisdiction } from './jurisdiction.ts';
import { JsonReading } from './json-reading.ts';
import {
  COLUMN_TARGETS,
  fieldKeyOf,
  IMPORT_STATES,
  type ColumnTarget,
  type ConsentClaim,
  type ImportState,
  type MappingFault,
} from './mapping.ts';
import { parseClaim } from './parse-claim.ts';
import { presetNamed, presetNames, type Preset } from './presets.ts';

/** A mapping as the caller gave it, checked in itself; what the account has is checked apart. */
export type RequestedMapping = Readonly<{
  preset?: Preset;
  columns: ReadonlyMap<string, ColumnTarget>;
  ignore: readonly string[];
  listIds: readonly ListId[];
  state?: ImportState;
  consent: ConsentClaim;
  privacyBasis?: PrivacyBasisKind;
  jurisdiction?: string;
}>;

const KEYS = [
  'preset',
  'columns',
  'ignore',
  'listIds',
  'state',
  'consent',
  'privacyBasis',
  'jurisdiction',
];

/**
 * Reads the mapping of an import (JSON, as api.md describes it). All faults come back at once, each with
 * its path.
 */
export const parseMapping = (value: unknown): Result<RequestedMapping, readonly MappingFault[]> => {
  const reading = new JsonReading(value);
  reading.only(KEYS);
  const preset = presetOf(reading);
  const mapping = requestedMapping(reading, preset);
  const hasEmail = [...mapping.columns.values()].includes('email');
  if (!hasEmail && !reading.has('preset')) {
    reading.fault(
      'columns',
      'email-missing',
      'Say which column holds the address: map it to email.',
    );
  }
  return reading.faults.length === 0 ? ok(mapping) : refuse(reading.faults);
};

const requestedMapping = (reading: JsonReading, preset: Preset | undefined): RequestedMapping => {
  const state = reading.choice('state', IMPORT_STATES);
  const privacyBasis = privacyBasisOf(reading.object('privacyBasis'));
  const jurisdiction = jurisdictionOf(reading);
  return {
    ...(preset && { preset }),
    columns: columnsOf(reading.object('columns')),
    ignore: reading.texts('ignore'),
    listIds: listIdsOf(reading),
    ...(state && { state }),
    consent: parseClaim(reading.object('consent'), preset),
    ...(privacyBasis && { privacyBasis }),
    ...(jurisdiction !== undefined && { jurisdiction }),
  };
};

const presetOf = (reading: JsonReading): Preset | undefined => {
  const name = reading.text('preset');
  // Some programs write it out that there is none.
  if (name === undefined || name === 'none') return undefined;
  const preset = presetNamed(name);
  if (preset === undefined) {
    reading.fault('preset', 'unknown-preset', `These presets exist: ${presetNames.join(', ')}.`);
  }
  return preset;
};

const columnsOf = (reading: JsonReading | undefined): ReadonlyMap<string, ColumnTarget> => {
  const columns = new Map<string, ColumnTarget>();
  if (reading === undefined) return columns;
  const taken = new Set<ColumnTarget>();
  for (const column of reading.keys()) {
    const target = targetOf(reading, column);
    if (target === undefined) continue;
    if (taken.has(target)) {
      reading.fault(column, 'repeated-target', `Only one column can give ${target}.`);
    }
    taken.add(target);
    columns.set(column.trim(), target);
  }
  return columns;
};

const targetOf = (reading: JsonReading, column: string): ColumnTarget | undefined => {
  const text = reading.text(column);
  if (text === undefined) return undefined;
  const target = COLUMN_TARGETS.find((one) => one === text);
  if (target !== undefined) return target;
  if (isFieldTarget(text)) return text;
  reading.fault(
    column,
    'unknown-target',
    `Map the column to fields.<key> or one of: ${COLUMN_TARGETS.join(', ')}.`,
  );
  return undefined;
};

const isFieldTarget = (text: string): text is `fields.${string}` =>
  (fieldKeyOf(text as ColumnTarget) ?? '') !== '';

const listIdsOf = (reading: JsonReading): readonly ListId[] =>
  reading.texts('listIds').flatMap((text, index) => {
    if (ListId.is(text)) return [text];
    reading.fault(`listIds.${String(index)}`, 'not-an-id', 'Give the id of a list, list_….');
    return [];
  });

const privacyBasisOf = (reading: JsonReading | undefined): PrivacyBasisKind | undefined => {
  if (reading === undefined) return undefined;
  reading.only(['kind']);
  if (!reading.has('kind')) {
    reading.fault('kind', 'missing', `Give one of: ${PRIVACY_BASES.join(', ')}.`);
  }
  return reading.choice('kind', PRIVACY_BASES);
};

const jurisdictionOf = (reading: JsonReading): string | undefined => {
  const text = reading.text('jurisdiction')?.toUpperCase();
  if (text === undefined || isJurisdiction(text)) return text;
  reading.fault(
    'jurisdiction',
    'unknown-jurisdiction',
    'Give an ISO 3166 code such as CA-QC or FR.',
  );
  return undefined;
};
