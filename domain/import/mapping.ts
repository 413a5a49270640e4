import type { BusinessLabel, ImpliedBasis, PrivacyBasisKind } from '#domain/consent/index';
import type { ListId, Refusal, WordingId } from '#domain/kernel/index';

/** What a column of the file says, beside the values of custom fields. */
export const COLUMN_TARGETS = [
  'email',
  'language',
  /** ISO 3166, `CA-QC`. */
  'jurisdiction',
  /** ISO 3166-1, `CA`; with `region`, where they are two columns. */
  'country',
  'region',
  /** When the subscription began. */
  'subscribedAt',
  'unsubscribedAt',
  'invalidAt',
  /** Why the person unsubscribed. */
  'reason',
] as const;
export type ColumnTarget = (typeof COLUMN_TARGETS)[number] | `fields.${string}`;

/** What all people in the file are: subscribed, or suppressed in one of two ways. */
export const IMPORT_STATES = ['subscribed', 'unsubscribed', 'invalid'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Evidence of a basis that can stand in the mapping for all rows, or in a column for each (C-07). */
export const EVIDENCE_TEXTS = [
  'reference',
  'document',
  'url',
  'snapshotHash',
  'relevance',
  'by',
  'how',
] as const;
export const EVIDENCE_COLUMNS = [...EVIDENCE_TEXTS, 'noRefusalChecked'] as const;
export type EvidenceColumn = (typeof EVIDENCE_COLUMNS)[number];
export type ClaimedEvidence = Readonly<
  Partial<Record<(typeof EVIDENCE_TEXTS)[number], string>> & { noRefusalChecked?: boolean }
>;

/** Proof of express consent that holds for the whole file (C-19); the date stands in each row. */
export type ExpressClaim = Readonly<{
  kind: 'express';
  /** The first column that is filled in gives the date. */
  dateColumns: readonly string[];
  method: string;
  source: string;
  attestedBy: string;
  wordingId?: WordingId;
  /** The form on which consent was given, where its wording is not kept here. */
  reference?: string;
  url?: string;
  evidenceColumns: ReadonlyMap<EvidenceColumn, string>;
}>;
export type ImpliedClaim = Readonly<{
  kind: 'implied';
  basis: ImpliedBasis;
  /** What the business calls these people; the basis has to be one that holds of such (C-05). */
  label?: BusinessLabel;
  dateColumns: readonly string[];
  expiresOnColumn?: string;
  method?: string;
  source?: string;
  attestedBy?: string;
  reference?: string;
  evidence: ClaimedEvidence;
  evidenceColumns: ReadonlyMap<EvidenceColumn, string>;
}>;
export type ConsentClaim = ExpressClaim | ImpliedClaim | Readonly<{ kind: 'none' }>;

/** How the rows of a file become recipients, as the caller says it with what a preset adds. */
export type ImportMapping = Readonly<{
  columns: ReadonlyMap<string, ColumnTarget>;
  ignore: ReadonlySet<string>;
  listIds: readonly ListId[];
  state: ImportState;
  consent: ConsentClaim;
  privacyBasis?: PrivacyBasisKind;
  jurisdiction?: string;
}>;

/** One fault of a mapping; `path` says where, as in `consent.method`. */
export type MappingFault = Refusal & Readonly<{ path: string }>;

export const fieldKeyOf = (target: ColumnTarget): string | undefined =>
  target.startsWith('fields.') ? target.slice('fields.'.length) : undefined;
