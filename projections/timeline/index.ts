export { timeline } from './projection.ts';
export { timelineOf, type TimelineEntry, type TimelinePage } from './queries.ts';
export { basisName, privacyBasisName, skipReason, summaryOf, trackingName } from './summaries.ts';
