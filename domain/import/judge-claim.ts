import {
  missingEvidence,
  type ConsentGrant,
  type EvidenceKey,
  type ImpliedBasis,
  type RejectedClaim,
} from '#domain/consent/index';
import type { ConsentClaim } from './mapping.ts';
import type { ReadRow } from './read-row.ts';

/** What becomes of the consent that a file claims for one person. */
export type JudgedClaim =
  | Readonly<{ kind: 'nothing-claimed' }>
  | Readonly<{ kind: 'granted'; grant: ConsentGrant }>
  /** The person is kept without consent, and the ledger says why (C-08, C-19). */
  | Readonly<{ kind: 'rejected'; claim: Omit<RejectedClaim, 'revision'> }>
  /** Without proof of where the address is from there is no ground to keep it (C-07; PIPEDA s. 7.1(2)). */
  | Readonly<{ kind: 'row-refused' }>;

const BY_ADDRESS_ALONE: readonly ImpliedBasis[] = ['published-address', 'disclosed-address'];

const NOTHING = { kind: 'nothing-claimed' } as const;

export const judgeClaim = (
  claim: ConsentClaim,
  { grant, claimFault }: Pick<ReadRow, 'grant' | 'claimFault'>,
  evidence: ReadonlySet<EvidenceKey>,
): JudgedClaim => {
  if (claim.kind === 'none') return NOTHING;
  const basis = claim.kind === 'implied' ? claim.basis : undefined;
  const rejected = (code: string, missing: RejectedClaim['missing']): JudgedClaim => ({
    kind: 'rejected',
    claim: { kind: claim.kind, ...(basis === undefined ? {} : { basis }), code, missing },
  });
  if (claimFault !== undefined) return rejected(claimFault, []);
  // A file of people who left claims nothing that is read.
  if (grant === undefined) return NOTHING;
  const missing = missingEvidence(grant, evidence);
  if (missing.length === 0) return { kind: 'granted', grant };
  if (basis !== undefined && BY_ADDRESS_ALONE.includes(basis)) return { kind: 'row-refused' };
  return rejected(
    'evidence-missing',
    missing.map(({ code }) => code),
  );
};
