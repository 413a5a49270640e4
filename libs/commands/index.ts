export { handle } from './handle.ts';
export { handleMany, type ManyDone, type ManyOutcome } from './handle-many.ts';
export type { StreamState } from './load-stream.ts';
export { STALE, type CommandDone, type CommandRequest } from './port.ts';
export { StateCache } from './state-cache.ts';
