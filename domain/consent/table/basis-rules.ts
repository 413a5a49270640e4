import { ADDRESS_RULES } from './address-rules.ts';
import type { BasisRule } from './basis-rule.ts';
import { BUSINESS_RELATIONSHIP_RULES } from './business-relationship-rules.ts';
import type { ConsentGrant, ImpliedBasis, OrganisationType } from '../consent.ts';
import { missingOf, type EvidenceGroup, type EvidenceKey } from './evidence.ts';
import { EXPRESS_RULE } from './express-rule.ts';
import { NON_BUSINESS_RELATIONSHIP_RULES } from './non-business-relationship-rules.ts';
import { WORKPLACE_RULES } from './workplace-rules.ts';

/** Rows 2 to 15, referral (13) excepted. */
export const BASIS_RULES: Readonly<Record<ImpliedBasis, BasisRule>> = {
  ...BUSINESS_RELATIONSHIP_RULES,
  ...NON_BUSINESS_RELATIONSHIP_RULES,
  ...ADDRESS_RULES,
  ...WORKPLACE_RULES,
};

/** The row that a consent falls under. */
export const ruleOf = (
  consent: Readonly<{ kind: 'express' } | { kind: 'implied'; basis: ImpliedBasis }>,
): BasisRule => (consent.kind === 'express' ? EXPRESS_RULE : BASIS_RULES[consent.basis]);

/** May an organisation of this type rely on the row? (C-06) */
export const isAvailableTo = (rule: BasisRule, organisationType: OrganisationType): boolean =>
  rule.organisationTypes === undefined || rule.organisationTypes.includes(organisationType);

/**
 * What the law asks to see of this permission and is not there: a consent that lacks any of it is none
 * (C-07, C-08, C-19; CASL s. 13 lays the proof on the sender).
 */
export const missingEvidence = (
  grant: ConsentGrant,
  present: ReadonlySet<EvidenceKey>,
): readonly EvidenceGroup[] => missingOf(ruleOf(grant).evidence, present);
