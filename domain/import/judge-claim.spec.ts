import { describe, expect, it } from '@jest/globals';
import { EVIDENCE_KEYS, type EvidenceKey, type ImpliedBasis } from '#domain/consent/index';
import { CivilDate } from '#domain/kernel/index';
import { judgeClaim } from './judge-claim.ts';
import type { ConsentClaim } from './mapping.ts';

const date = CivilDate('2026-05-01');
const claimOf = (basis: ImpliedBasis): ConsentClaim => ({
  kind: 'implied',
  basis,
  dateColumns: ['D'],
  evidence: {},
  evidenceColumns: new Map(),
});
const judged = (basis: ImpliedBasis, ...evidence: readonly EvidenceKey[]) =>
  judgeClaim(
    claimOf(basis),
    { grant: { kind: 'implied', basis, date }, claimFault: undefined },
    new Set(evidence),
  );

describe('the consent that a row claims', () => {
  it.each(['purchase', 'contract', 'inquiry', 'donation', 'membership'] as const)(
    '%s is recorded by the row of the file, which is kept as claimed',
    (basis) => {
      expect(judged(basis, 'importId')).toMatchObject({ kind: 'granted', grant: { basis } });
    },
  );

  it.each(['published-address', 'disclosed-address'] as const)(
    'C-07: without its evidence the row of %s is refused',
    (basis) => {
      expect(judged(basis, 'importId')).toEqual({ kind: 'row-refused' });
      expect(judged(basis, ...EVIDENCE_KEYS)).toMatchObject({ kind: 'granted' });
    },
  );

  it('C-07: each part of the evidence of a published address is needed', () => {
    const whole = ['importId', 'url', 'snapshotHash', 'noRefusalChecked', 'relevance'] as const;
    expect(judged('published-address', ...whole).kind).toBe('granted');
    for (const key of whole.slice(1)) {
      const rest = whole.filter((each) => each !== key);
      expect(judged('published-address', ...rest).kind).toBe('row-refused');
    }
  });

  it.each(['employee', 'organisation-relationship'] as const)(
    'C-19: %s without evidence is no consent, and the ledger says what is missing',
    (basis) => {
      expect(judged(basis, 'importId')).toEqual({
        kind: 'rejected',
        claim: { kind: 'implied', basis, code: 'evidence-missing', missing: ['record'] },
      });
      expect(judged(basis, 'importId', 'reference').kind).toBe('granted');
    },
  );

  it.each(['consent-date-missing', 'consent-date-in-future'] as const)(
    'C-08: %s is no consent, never one of today',
    (claimFault) => {
      expect(
        judgeClaim(claimOf('purchase'), { grant: undefined, claimFault }, new Set(EVIDENCE_KEYS)),
      ).toEqual({
        kind: 'rejected',
        claim: { kind: 'implied', basis: 'purchase', code: claimFault, missing: [] },
      });
    },
  );

  it('claims nothing where nothing is claimed', () => {
    const row = { grant: undefined, claimFault: undefined };
    expect(judgeClaim({ kind: 'none' }, row, new Set())).toEqual({ kind: 'nothing-claimed' });
    expect(judgeClaim(claimOf('purchase'), row, new Set())).toEqual({ kind: 'nothing-claimed' });
  });
});
