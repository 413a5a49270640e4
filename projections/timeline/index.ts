export { timeline } from './projection.ts';
export { timelineOf, type TimelineEntry, type TimelinePage } from './queries.ts';
export { summaryOf } from './summaries.ts';
