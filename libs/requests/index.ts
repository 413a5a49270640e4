export { ABANDONED_AFTER } from './port.ts';
export type { Claim, ClaimOutcome, KeptAnswer, RequestStore } from './port.ts';
