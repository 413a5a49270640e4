import type { EvidenceKey } from '#domain/consent/index';
import type { JudgedClaim } from '#domain/import/judge-claim';
import type { ClaimedEvidence, ConsentClaim, ImportMapping } from '#domain/import/mapping';
import type { ReadRow } from '#domain/import/read-row';
import { clear, type Clear, type ImportId, type Instant } from '#domain/kernel/index';
import {
  presentEvidence,
  type At,
  type ConsentProof,
  type FieldValues,
  type InvalidateAddress,
  type Subscribe,
  type Unsubscribe,
} from '#domain/recipient/index';
import type { ImportSetting } from './import-setting.ts';

type RowCommand = Subscribe | Unsubscribe | InvalidateAddress;

/** A row, the address in it as mail is sent to, and its checked values. */
export type CheckedRow = Readonly<{
  row: ReadRow;
  delivery: string;
  values: FieldValues;
  proof: RowProof;
  claim: JudgedClaim;
}>;

/** A proof, and which evidence is in it or beside it. */
export type RowProof = Readonly<{
  proof: Clear<ConsentProof>;
  evidence: ReadonlySet<EvidenceKey>;
}>;

/** What is the same for all rows of a file. */
export type RowTerms = Readonly<{
  mapping: ImportMapping;
  setting: ImportSetting;
  proof: RowProof;
}>;

/** Whose word a suppression is. */
type Source = Readonly<{ importId: ImportId }>;

/** The proof that a claim gives for every person in the file. */
export const proofOf = (claim: ConsentClaim): RowProof => {
  if (claim.kind === 'none') return { proof: clear({}), evidence: new Set() };
  const { method, source, attestedBy, reference } = claim;
  const more = claim.kind === 'express' ? urlOf(claim) : claim.evidence;
  const proof = {
    ...(method !== undefined && { method }),
    ...(source !== undefined && { source }),
    ...(attestedBy !== undefined && { attestedBy }),
    ...(reference !== undefined && { reference }),
    ...more,
  };
  return { proof: clear(proof), evidence: presentEvidence(proof, referencesOf(claim)) };
};

const urlOf = ({ url }: Readonly<{ url?: string }>): ClaimedEvidence =>
  url === undefined ? {} : { url };

/** The row of the file itself, and the wording where the claim names one. */
const referencesOf = (claim: ConsentClaim): readonly EvidenceKey[] =>
  claim.kind === 'express' && claim.wordingId !== undefined
    ? ['importId', 'wordingId']
    : ['importId'];

/** The file's proof with what the row adds to it. */
export const proofOfRow = (ofAll: RowProof, shown: ClaimedEvidence | undefined): RowProof => {
  if (shown === undefined) return ofAll;
  const evidence = new Set([...ofAll.evidence, ...presentEvidence(shown)]);
  return { proof: clear({ ...ofAll.proof.reveal(), ...shown }), evidence };
};

/** The command that the API would run for the same person: import and API cannot drift apart. */
export const rowCommand = (
  checked: CheckedRow,
  terms: RowTerms,
  { importId }: Source,
  at: At,
): RowCommand => {
  const { state } = terms.mapping;
  const since = happenedAt(checked.row, at.now);
  if (state === 'subscribed') return subscribe(checked, terms, at);
  const unknown = recordOf(checked, terms, since);
  if (state === 'invalid')
    return {
      type: 'InvalidateAddress',
      ...at,
      cause: 'import',
      since,
      statedBy: importId,
      unknown,
    };
  const { reason } = checked.row;
  return {
    type: 'Unsubscribe',
    ...at,
    scope: 'all',
    ...(reason !== undefined && { reason: clear(reason) }),
    since,
    statedBy: importId,
    unknown,
  };
};

/** When it happened in the world, as far as the file says. */
export const happenedAt = ({ subscribedAt, suppressedAt }: ReadRow, now: Instant): Instant =>
  suppressedAt ?? subscribedAt ?? now;

const subscribe = (
  { row, delivery, values, proof, claim }: CheckedRow,
  { mapping, setting }: RowTerms,
  at: At,
): Subscribe => {
  const { language, jurisdiction, subscribedAt } = row;
  const { privacyBasis } = mapping;
  return {
    type: 'Subscribe',
    ...at,
    via: 'client',
    address: clear(delivery),
    ...(language !== undefined && { language }),
    defaultLanguage: defaultLanguage(setting),
    fields: clear(values),
    listIds: mapping.listIds,
    optIn: 'single',
    ...(jurisdiction !== undefined && { jurisdiction }),
    ...(privacyBasis !== undefined && { privacyBasis }),
    ...(claim.kind === 'granted' && { consent: { grant: claim.grant, ...proof } }),
    ...(claim.kind === 'rejected' && { rejectedClaim: claim.claim }),
    organisationType: setting.terms.organisationType,
    since: subscribedAt ?? at.now,
  };
};

/** Under what a suppressed person is recorded who is not known yet. */
const recordOf = (
  { row, delivery, values }: CheckedRow,
  { mapping, setting }: RowTerms,
  since: Instant,
): NonNullable<Unsubscribe['unknown']> => {
  const { subscribedAt = since, jurisdiction } = row;
  return {
    address: clear(delivery),
    fields: clear(values),
    language: row.language ?? defaultLanguage(setting),
    listIds: mapping.listIds,
    // Somebody cannot have subscribed after they left.
    subscribedAt: subscribedAt < since ? subscribedAt : since,
    ...(jurisdiction !== undefined && { jurisdiction }),
  };
};

const defaultLanguage = ({ terms }: ImportSetting): Subscribe['defaultLanguage'] => {
  const [first] = terms.languages;
  if (first === undefined) throw new Error('An account has at least one language.');
  return first;
};
