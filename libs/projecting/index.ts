export {
  compareGenerations,
  differingPaths,
  isEqual,
  type Difference,
  type DifferenceKind,
} from './compare-generations.ts';
export { retryThenStop, type ErrorPolicy } from './error-policy.ts';
export type { PageReader, StartReader } from './helped-pages.ts';
export { giveBack, renewedWhile } from './held-lease.ts';
export { errorDetails, type Clock, type Log } from './log.ts';
export { isUnreachable } from './outage.ts';
export { outageBackOff } from './pause.ts';
export { projectedPages } from './page-source.ts';
export {
  projectionProgress,
  type Progress,
  type ProjectionState,
  type ProjectionStatus,
} from './progress.ts';
export { cleanUpRebuilds, rebuild, verify, type RebuildReport } from './rebuild.ts';
export { RebuildFailed } from './rebuild-failed.ts';
export { RemotePages, servePages } from './remote-pages.ts';
export { runProjections, type RunProjectionsOptions } from './run-projections.ts';
export {
  readStoreCheckpoints,
  runSubscriber,
  type CheckpointStore,
  type RunSubscriberOptions,
} from './subscriber.ts';
export { throughOutage } from './through-outage.ts';
export { whenProcessed, type WaitOptions } from './when-processed.ts';
