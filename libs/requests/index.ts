export type { Claim, ClaimOutcome, KeptAnswer, RequestStore } from './port.ts';
