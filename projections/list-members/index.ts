export { listMembers } from './projection.ts';
export { countMembers, membersOfList, type ListStanding } from './queries.ts';
