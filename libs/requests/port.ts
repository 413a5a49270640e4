/** A request with an `Idempotency-Key`, named by the command id that the key gives. */
export type Claim = Readonly<{
  commandId: string;
  /** Keyed hash of everything that makes the request what it is. */
  fingerprint: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}>;

/** An answer as it is kept: encrypted under the key of the subject that it tells of. */
export type KeptAnswer = Readonly<{ subject: string; cipher: Uint8Array }>;

export type ClaimOutcome =
  /** Nobody has done it: the caller may, and must end with `keep` or `release`. */
  | Readonly<{ outcome: 'claimed' }>
  | Readonly<{ outcome: 'in-progress' }>
  | Readonly<{ outcome: 'answered'; answer: KeptAnswer }>
  /** The key was used for another request. */
  | Readonly<{ outcome: 'reused' }>;

/** How long ago a request was claimed that counts as cut off by a crash: a repeat may take over. Milliseconds. */
export const ABANDONED_AFTER = 30_000;
/** Clients repeat within minutes; a week is for the slowest of queues. Milliseconds. */
export const FORGOTTEN_AFTER = 7 * 24 * 3_600_000;

/**
 * Remembers requests by their key. It makes repeats cheap and the same; that nothing is written twice rests
 * on the command id in the ledger, so losing this store loses no promise.
 */
export interface RequestStore {
  claim(claim: Claim): Promise<ClaimOutcome>;
  keep(commandId: string, answer: KeptAnswer): Promise<void>;
  /** The request failed before it had an answer worth keeping: a repeat may try again. Late, it harms no later claim. */
  release(claim: Pick<Claim, 'commandId' | 'now'>): Promise<void>;
  close(): Promise<void>;
}
