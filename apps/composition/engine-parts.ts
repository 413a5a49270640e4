import type { EventLog, EventLogUnavailable } from '#libs/event-log/port';
import type { Keyring } from '#libs/keyring/index';
import type { Leases } from '#libs/leases/port';
import type { ReadStore } from '#libs/read-store/port';
import type { RequestStore } from '#libs/requests/index';
import type { Uploads } from '#libs/uploads/index';
import type { Closing } from './closing.ts';
import type { Config } from './config.ts';

/** What decides on the engines. */
export type EngineConfig = Pick<Config, 'dataDirectory' | 'rootKey' | 'servers'>;

/** Called when the ledger may no longer say what was acknowledged: the process must stop. */
export type OnFatal = (failure: EventLogUnavailable) => void;

/** What writing to the ledger takes. */
export type LedgerEngines = Readonly<{ eventLog: EventLog; keyring: Keyring }>;

/** A server that this process needs. `ping` throws when it does not answer. */
export type Server = Readonly<{ name: string; ping: () => Promise<unknown> }>;

/** What can be made again from the ledger, or is needed for a while only. */
export type StoreEngines = Readonly<{
  readStore: ReadStore;
  leases: Leases;
  requests: RequestStore;
  uploads: Uploads;
  /** None where the engines are embedded. */
  servers: readonly Server[];
}>;

/** Opens engines of one kind; what it opens is the keeper's to close. Each throws what can be shown as it is. */
export type EngineSource = (
  parts: Readonly<{ config: EngineConfig; keep: Closing['keep']; onFatal: OnFatal }>,
) => Readonly<{
  ledger: () => Promise<LedgerEngines>;
  stores: () => Promise<StoreEngines>;
}>;
