export {
  listsWith,
  membershipFacts,
  membershipsOf,
  type FactSet,
  type MembershipFacts,
  type MembershipStatus,
  type StoredFact,
  type StoredMembership,
} from './memberships.ts';
