import type { Keyring } from '#libs/keyring/index';
import type { Leases } from '#libs/leases/port';
import type { Ledger } from '#libs/ledger/port';
import type { Mailer } from '#libs/mailer/port';
import type { Clock, Log } from '#libs/projecting/index';
import type { ReadStore } from '#libs/read-store/port';
import type { Renderer } from '#libs/rendering/index';

export type SenderConfig = Readonly<{
  /** What links in mail begin with. */
  publicUrl: string;
  /**
   * Host that takes bounces and unsubscribe mail for us. Without one, both go to the account's own address,
   * where people read them: an address that nobody reads must not be given out (C-23).
   */
  returnHost?: string;
  /** How long a claim outlives its process before it counts as uncertain; `LEASE_MILLISECONDS` when absent. */
  leaseMilliseconds?: number;
}>;

/** What the sender is made of. All of it stays the caller's to close. */
export type SenderParts = Readonly<{
  ledger: Ledger;
  readStore: ReadStore;
  leases: Leases;
  keyring: Pick<Keyring, 'tokenKey'>;
  mailer: Mailer;
  renderer: Renderer;
  config: SenderConfig;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}>;
