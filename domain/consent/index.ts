export type { BasisRule, Clock } from './basis-rule.ts';
export { BASIS_RULES, isAvailableTo, missingEvidence, ruleOf } from './basis-rules.ts';
export { BUSINESS_LABELS, type BusinessLabel } from './business-labels.ts';
export { checkGrant, type GrantRefusalCode } from './check-grant.ts';
export { firstLawfulDay, lastLawfulDay } from './consent-period.ts';
export {
  IMPLIED_BASES,
  ORGANISATION_TYPES,
  PRIVACY_BASES,
  REGIMES,
  type Consent,
  type ConsentGrant,
  type ImpliedBasis,
  type OrganisationType,
  type PrivacyBasisKind,
  type Regime,
} from './consent.ts';
export {
  MESSAGE_CLASSES,
  REASON_CODES,
  REASON_REGIMES,
  type Decision,
  type Fact,
  type Membership,
  type MessageClass,
  type MessageScope,
  type Reason,
  type ReasonCode,
  type ReasonRegime,
  type RejectedClaim,
  type SendingAccount,
  type Standing,
} from './decision.ts';
export {
  EVIDENCE_GROUP_CODES,
  EVIDENCE_KEYS,
  type EvidenceGroup,
  type EvidenceGroupCode,
  type EvidenceKey,
} from './evidence.ts';
export { EXPRESS_RULE } from './express-rule.ts';
export { maySend } from './may-send.ts';
export { outlastsLaw, withinLaw } from './within-law.ts';
