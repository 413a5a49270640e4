import type { Bilingual } from '#domain/kernel/index';

/**
 * What can stand beside a consent as its evidence: the parts of a proof (C-18), and the references to a
 * wording, a form, a message or a row of an import. `noRefusalChecked` counts only when it is true.
 */
export const EVIDENCE_KEYS = [
  'method',
  'source',
  'reference',
  'document',
  'url',
  'snapshotHash',
  'noRefusalChecked',
  'relevance',
  'by',
  'how',
  'attestedBy',
  'wordingId',
  'formId',
  'messageId',
  'importId',
] as const;
export type EvidenceKey = (typeof EVIDENCE_KEYS)[number];

export const EVIDENCE_GROUP_CODES = [
  'method',
  'source',
  'wording',
  'attestation',
  'record',
  'url',
  'snapshot',
  'no-refusal',
  'relevance',
  'who',
  'how',
] as const;
export type EvidenceGroupCode = (typeof EVIDENCE_GROUP_CODES)[number];

/** One thing that a basis has to be shown by: any one of these keys is enough. */
export type EvidenceGroup = Readonly<{
  code: EvidenceGroupCode;
  name: Bilingual;
  anyOf: readonly EvidenceKey[];
  /** Asked for only where this key is present: an attestation, of an import. */
  onlyWith?: EvidenceKey;
}>;

/** The groups of which nothing is present. */
export const missingOf = (
  groups: readonly EvidenceGroup[],
  present: ReadonlySet<EvidenceKey>,
): readonly EvidenceGroup[] => groups.filter((group) => isMissing(group, present));

const isMissing = (
  { anyOf, onlyWith }: EvidenceGroup,
  present: ReadonlySet<EvidenceKey>,
): boolean =>
  (onlyWith === undefined || present.has(onlyWith)) && !anyOf.some((key) => present.has(key));
