export {
  listsWith,
  membershipTurn,
  standingOf,
  type ListStanding,
  type MembershipHistory,
  type MembershipStatus,
  type StoredMembership,
} from './memberships.ts';
