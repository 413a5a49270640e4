import { describe, expect, it } from '@jest/globals';
import { CivilDate } from '#domain/kernel/index';
import { checkGrant } from '../check-grant.ts';
import { IMPLIED_BASES, ORGANISATION_TYPES, type OrganisationType } from '../consent.ts';
import {
  CONSENT_FREE,
  LIST_RULES,
  NO_CONSENT,
  SUPPRESSION_RULES,
  UNKNOWN_RECIPIENT,
} from '../reason-rules.ts';
import { FOREIGN_LAWS } from '../regimes/foreign-laws.ts';
import { NO_PRIVACY_BASIS, PRIVACY_BASIS_RULES } from '../regimes/law25.ts';
import { BASIS_RULES, missingEvidence } from './basis-rules.ts';
import { BUSINESS_LABELS } from './business-labels.ts';
import { DECISION_TABLE, isBasis } from './decision-table.ts';
import { ENACTED_LAWS, lawsOf } from './enacted-laws.ts';
import { EVIDENCE_KEYS, type EvidenceKey } from './evidence.ts';
import { basesOf, checkLabel, labelsFor } from './label-bases.ts';

const grant = (basis: (typeof IMPLIED_BASES)[number]) =>
  ({ kind: 'implied', basis, date: CivilDate('2026-05-01') }) as const;
const express = { kind: 'express', date: CivilDate('2026-05-01') } as const;
const missing = (which: Parameters<typeof missingEvidence>[0], ...present: EvidenceKey[]) =>
  missingEvidence(which, new Set(present)).map(({ code }) => code);

describe('the decision table', () => {
  it('has rows 0 to 18 in order, each in both languages', () => {
    expect(DECISION_TABLE.map(({ row }) => row)).toEqual(
      Array.from({ length: 19 }, (_, row) => row),
    );
    for (const { name, section } of DECISION_TABLE) {
      expect(section).not.toBe('');
      expect([name.fr, name.en]).not.toContain('');
      expect(name.fr).not.toBe(name.en);
    }
  });

  it('C-05: referral, family, and what needs no consent are no basis for a list, and say why', () => {
    const without = DECISION_TABLE.filter((row) => !isBasis(row));
    expect(without.map(({ code }) => code)).toEqual([
      'suppressed',
      'referral',
      'family',
      'transactional',
      'reply',
    ]);
    expect(IMPLIED_BASES).not.toContain('referral');
    expect(IMPLIED_BASES).not.toContain('family');
  });

  it.each(DECISION_TABLE.filter(isBasis))('C-07: row $row asks for evidence', (row) => {
    expect(row.evidence.length).toBeGreaterThan(0);
    for (const group of row.evidence) expect(group.anyOf.length).toBeGreaterThan(0);
  });
});

describe('C-05: business labels', () => {
  it('C-05: a supplier without a basis is refused, with the list of acceptable ones', () => {
    const refused = checkLabel('supplier', undefined, 'commercial');
    expect(refused).toMatchObject({ error: { code: 'label-without-basis' } });
    expect(refused.ok ? '' : refused.error.message).toContain(
      'barter, contract, organisation-relationship',
    );
  });

  it('C-05: a supplier has bought nothing from the sender', () => {
    expect(checkLabel('supplier', 'purchase', 'commercial').ok).toBe(false);
    expect(checkLabel('supplier', 'contract', 'commercial')).toEqual({
      ok: true,
      value: 'contract',
    });
    expect(checkLabel('customer', 'purchase', 'commercial').ok).toBe(true);
  });

  it('C-05: every label stands for some row, for some organisation', () => {
    for (const label of BUSINESS_LABELS) {
      const bases = ORGANISATION_TYPES.flatMap((type) => basesOf(label, type));
      expect([label, bases.length > 0]).toEqual([label, true]);
    }
  });

  it('C-06: a commercial account cannot choose member, donor or volunteer', () => {
    expect(labelsFor('commercial')).toEqual(['customer', 'supplier', 'partner', 'employee']);
    expect(checkLabel('member', 'membership', 'commercial')).toMatchObject({
      error: { code: 'label-not-available' },
    });
    expect(labelsFor('registered-charity')).toEqual(expect.arrayContaining(['donor', 'volunteer']));
    expect(labelsFor('registered-charity')).not.toContain('member');
    expect(labelsFor('non-profit-association')).toContain('member');
  });
});

describe('what has to be shown', () => {
  it('C-07: of a published address the page, its copy, the check and the relevance', () => {
    const all = ['url', 'snapshotHash', 'noRefusalChecked', 'relevance'] as const;
    expect(missing(grant('published-address'), ...all)).toEqual([]);
    for (const one of all) {
      const others = all.filter((key) => key !== one);
      expect(missing(grant('published-address'), ...others)).toHaveLength(1);
    }
  });

  it('C-07: of a disclosed address how, to whom, and the relevance', () => {
    expect(missing(grant('disclosed-address'))).toEqual(['how', 'who', 'relevance']);
    expect(missing(grant('disclosed-address'), 'how', 'by', 'relevance')).toEqual([]);
  });

  it('C-08: a row of an import is a record of the sales, gifts and members that it lists, no more', () => {
    const shown = IMPLIED_BASES.filter((basis) => missing(grant(basis), 'importId').length === 0);
    expect(shown.map((basis) => BASIS_RULES[basis].row)).toEqual([2, 3, 4, 5, 6, 8, 9, 10]);
  });

  it('C-09, C-19: of an imported express consent its source, method, wording and attestation', () => {
    expect(missing(express, 'importId')).toEqual(['method', 'source', 'wording', 'attestation']);
    expect(missing(express, 'importId', 'method', 'source', 'reference')).toEqual(['attestation']);
    const whole = ['importId', 'method', 'source', 'wordingId', 'attestedBy'] as const;
    expect(missing(express, ...whole)).toEqual([]);
  });

  it('C-19: a form kept here shows all three by itself', () => {
    expect(missing(express, 'formId')).toEqual([]);
  });
});

describe('relationships that are in force until a day to come', () => {
  const whole = new Set(EVIDENCE_KEYS);
  const until = (
    basis: (typeof IMPLIED_BASES)[number],
    type: OrganisationType = 'non-profit-association',
  ) => {
    const future = { ...grant(basis), date: CivilDate('2027-01-01') };
    return checkGrant(future, whole, type, CivilDate('2026-06-01')).ok;
  };

  it('C-08: a contract, an account or a membership may end in the future, nothing else may', () => {
    const may = IMPLIED_BASES.filter((basis) => until(basis) || until(basis, 'registered-charity'));
    expect(may).toEqual(['contract', 'ongoing-account', 'membership']);
  });
});

describe('P-04: enacted laws only', () => {
  const sections = [
    ...DECISION_TABLE,
    ...SUPPRESSION_RULES,
    ...Object.values(LIST_RULES),
    ...Object.values(CONSENT_FREE),
    ...Object.values(PRIVACY_BASIS_RULES),
    NO_CONSENT,
    NO_PRIVACY_BASIS,
    UNKNOWN_RECIPIENT,
  ].map(({ section }) => section);
  const foreign = Object.values(FOREIGN_LAWS).flatMap((law) => [
    law.consent,
    law.softOptIn,
    law.proof,
  ]);

  it.each([...new Set([...sections, ...foreign])])('P-04: %s', (section) => {
    for (const law of lawsOf(section)) expect(law?.inForce).toMatch(/^(19|20)\d\d-\d\d-\d\d$/);
  });

  it('P-04: a bill or a proposal is not on the list', () => {
    for (const proposal of ['Digital Omnibus art. 88a', 'Bill C-27 s. 15', 'GDPRX art. 1']) {
      expect(lawsOf(proposal)).toEqual([undefined]);
    }
    const words = ENACTED_LAWS.map(({ name, citation }) => `${name.en} ${citation.en}`).join(' ');
    expect(words).not.toMatch(/\b(bill|proposal|draft|omnibus)\b/i);
  });
});
