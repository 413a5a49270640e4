import type { Keyring } from '#libs/keyring/index';
import type { Leases } from '#libs/leases/port';
import type { LedgerWriter } from '#libs/ledger/index';
import type { Ledger } from '#libs/ledger/port';
import type { Clock, Log } from '#libs/projecting/index';
import type { Uploads } from '#libs/uploads/index';

/** What the importer is made of. All of it stays the caller's to close. */
export type ImporterParts = Readonly<{
  ledger: Ledger;
  keyring: Keyring;
  leases: Leases;
  uploads: Uploads;
  /** Starts a thread that writes what a long file brings, on the same data. */
  startWriter: () => LedgerWriter & Readonly<{ close: () => Promise<void> }>;
  /** Milliseconds since 1970. */
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** How long a lost importer's work waits for another one; `LEASE_MILLISECONDS` when absent. */
  leaseMilliseconds?: number;
}>;
