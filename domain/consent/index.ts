export {
  BASIS_RULES,
  EXPRESS_RULE,
  isAvailableTo,
  ruleOf,
  type BasisRule,
  type Clock,
} from './basis-rules.ts';
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
  type Decision,
  type Fact,
  type Membership,
  type MessageClass,
  type MessageScope,
  type Reason,
  type ReasonCode,
  type SendingAccount,
  type Standing,
} from './decision.ts';
export { maySend } from './may-send.ts';
