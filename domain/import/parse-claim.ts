import {
  basisFault,
  BUSINESS_LABELS,
  IMPLIED_BASES,
  labelFault,
  type ImpliedBasis,
} from '#domain/consent/index';
import { WordingId } from '#domain/kernel/index';
import type { JsonReading } from './json-reading.ts';
import { evidenceColumns, evidenceForAll } from './parse-evidence.ts';
import type { ConsentClaim, ExpressClaim, ImpliedClaim } from './mapping.ts';
import type { Preset } from './presets.ts';

const KINDS = ['express', 'implied', 'none'] as const;

const NEEDED = {
  dateColumns:
    'Name the columns that hold the date of the consent, the best one first (C-08, C-19).',
  method: 'Say how consent was given, for example “web form” (C-19).',
  source: 'Say which system the consent comes from (C-19).',
  attestedBy: 'Say who attests that these people consented (C-19).',
  wording:
    'Say what the people agreed to: the id of a wording kept here, or reference or url of the form (C-19).',
  thirdParty:
    'Consents given to somebody else, or to unnamed partners, cannot be imported (C-09; CASL s. 10(2)): import only people who consented to you.',
  basis: 'Say which basis of the law the consent rests on (C-05).',
} as const;

/** Words for a consent that was not given to the account; the law has its own conditions for those. */
const THIRD_PARTY = ['third-party', 'third-parties', 'partner', 'partners'];
const isThirdParty = (kind: string | undefined): boolean =>
  kind !== undefined && THIRD_PARTY.includes(kind);

/** What a mapping says about consent; none when it says nothing. */
export const parseClaim = (
  reading: JsonReading | undefined,
  preset: Preset | undefined,
): ConsentClaim => {
  if (reading === undefined) return { kind: 'none' };
  if (reading.has('kind') && isThirdParty(reading.text('kind'))) {
    reading.fault('kind', 'third-party-consent', NEEDED.thirdParty);
    return { kind: 'none' };
  }
  if (!reading.has('kind')) reading.fault('kind', 'missing', `Give one of: ${KINDS.join(', ')}.`);
  switch (reading.choice('kind', KINDS)) {
    case 'express':
      return expressClaim(reading, preset);
    case 'implied':
      return impliedClaim(reading);
    case 'none':
      reading.only(['kind']);
      return { kind: 'none' };
    case undefined:
      return { kind: 'none' };
  }
};

const EXPRESS_KEYS = [
  'kind',
  'dateColumns',
  'method',
  'source',
  'wordingId',
  'reference',
  'url',
  'attestedBy',
  'evidenceColumns',
];

const expressClaim = (reading: JsonReading, preset: Preset | undefined): ExpressClaim => {
  reading.only(EXPRESS_KEYS);
  const wordingId = wordingOf(reading);
  const reference = reading.text('reference') ?? preset?.express.reference;
  const url = reading.text('url');
  if (reference === undefined && url === undefined && !reading.has('wordingId')) {
    reading.fault('wordingId', 'missing', NEEDED.wording);
  }
  return {
    kind: 'express',
    dateColumns: dateColumns(reading, preset?.express.dateColumns),
    method: reading.required('method', NEEDED.method),
    source: sourceOf(reading, preset),
    attestedBy: reading.required('attestedBy', NEEDED.attestedBy),
    ...(wordingId && { wordingId }),
    ...(reference !== undefined && { reference }),
    ...(url !== undefined && { url }),
    evidenceColumns: evidenceColumns(reading),
  };
};

/** What a preset says of its files, unless the mapping says it. */
const sourceOf = (reading: JsonReading, preset: Preset | undefined): string =>
  preset !== undefined && !reading.has('source')
    ? preset.express.source
    : reading.required('source', NEEDED.source);

const IMPLIED_KEYS = [
  'kind',
  'basis',
  'label',
  'dateColumns',
  'expiresOnColumn',
  'method',
  'source',
  'attestedBy',
  'reference',
  'evidence',
  'evidenceColumns',
];

const impliedClaim = (reading: JsonReading): ImpliedClaim => {
  reading.only(IMPLIED_KEYS);
  const label = reading.choice('label', BUSINESS_LABELS);
  if (!reading.has('basis')) {
    if (label === undefined) reading.fault('basis', 'missing', NEEDED.basis);
    else reading.fault('basis', 'label-without-basis', labelFault(label).message);
  }
  const optional = (key: 'expiresOnColumn' | 'method' | 'source' | 'attestedBy' | 'reference') => {
    const text = reading.text(key);
    return text === undefined ? {} : { [key]: text };
  };
  return {
    kind: 'implied',
    basis: basisOf(reading),
    ...(label !== undefined && { label }),
    dateColumns: dateColumns(reading, undefined),
    ...optional('expiresOnColumn'),
    ...optional('method'),
    ...optional('source'),
    ...optional('attestedBy'),
    ...optional('reference'),
    evidence: evidenceForAll(reading),
    evidenceColumns: evidenceColumns(reading),
  };
};

const basisOf = (reading: JsonReading): ImpliedBasis => {
  const text = reading.text('basis');
  const basis = IMPLIED_BASES.find((one) => one === text);
  const wrong = text === undefined ? undefined : basisFault(text);
  if (wrong !== undefined) reading.fault('basis', wrong.code, wrong.message);
  return basis ?? 'purchase';
};

const dateColumns = (
  reading: JsonReading,
  ofPreset: readonly string[] | undefined,
): readonly string[] => {
  const given = reading.texts('dateColumns');
  if (given.length > 0) return given;
  if (ofPreset !== undefined && !reading.has('dateColumns')) return ofPreset;
  reading.fault('dateColumns', 'missing', NEEDED.dateColumns);
  return [];
};

const wordingOf = (reading: JsonReading): WordingId | undefined => {
  const text = reading.text('wordingId');
  if (text === undefined) return undefined;
  if (WordingId.is(text)) return text;
  reading.fault('wordingId', 'not-an-id', 'Give the id of a wording, wrd_….');
  return undefined;
};
