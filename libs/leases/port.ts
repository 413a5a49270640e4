/** The right to do a piece of work alone, for a while. `token` grows with each new holder (fencing). */
export type Lease = Readonly<{ name: string; holder: string; token: number; expiresAt: number }>;

/**
 * How long a silent holder counts as alive, in milliseconds. With the pauses between two looks of those who wait
 * for its work, a killed one is replaced within ten seconds.
 */
export const LEASE_MILLISECONDS = 6_000;

/** Splits work among copies of a process; a lost copy's lease runs out and is taken over. */
export interface Leases {
  /** Takes or renews the lease; undefined while somebody else holds it. Times in milliseconds since 1970. */
  acquire(name: string, holder: string, now: number, duration: number): Promise<Lease | undefined>;
  /** Whether anybody holds the lease. Takes nothing and writes nothing. */
  isHeld(name: string, now: number): Promise<boolean>;
  /** Gives the lease back early; nothing happens when it is no longer held. */
  release(lease: Lease): Promise<void>;
  close(): Promise<void>;
}
