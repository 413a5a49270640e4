export { consentDeadlines } from './projection.ts';
export {
  accountsOfDeadlines,
  changesAfter,
  deadlinesBefore,
  deadlinesBetween,
  deadlinesOver,
  nextDayFrom,
  nextEndAfter,
  type Deadline,
  type DeadlineChange,
} from './queries.ts';
