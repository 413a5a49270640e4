export type { BasisRule, Clock } from './table/basis-rule.ts';
export { BASIS_RULES, isAvailableTo, missingEvidence, ruleOf } from './table/basis-rules.ts';
export { BUSINESS_LABELS, LABEL_NAMES, type BusinessLabel } from './table/business-labels.ts';
export { DECISION_TABLE, isBasis, type DecisionRow } from './table/decision-table.ts';
export { ENACTED_LAWS, lawsOf, type EnactedLaw } from './table/enacted-laws.ts';
export { basisFault, labelFault, type BasisFaultCode } from './table/basis-fault.ts';
export { basesOf, checkLabel, labelsFor } from './table/label-bases.ts';
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
} from './table/evidence.ts';
export { EXPRESS_RULE } from './table/express-rule.ts';
export { frenchSection } from './french-section.ts';
export { maySend } from './may-send.ts';
export { placeOf } from './jurisdictions/place.ts';
export { claimText } from './regimes/claim-reasons.ts';
export { RELATION_WORDS } from './relation-words.ts';
export { endOfDayAt, todayFor, type Today } from './today.ts';
export { outlastsLaw, withinLaw } from './within-law.ts';
