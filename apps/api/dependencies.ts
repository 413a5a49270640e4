import type { Keyring } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import type { ReadStore } from '#libs/read-store/port';
import type { Renderer } from '#libs/rendering/index';
import type { OperatorKey } from './http/access/operator-key.ts';
import type { Logger } from './http/api-log.ts';
import type { RequestStore } from './http/idempotency/port.ts';
import type { SendTest } from './newsletters/test-mail.ts';

/** What the API stands on; whoever composes it decides on the engines. */
export type ApiDependencies = Readonly<{
  ledger: Ledger;
  keyring: Keyring;
  readStore: ReadStore;
  renderer: Renderer;
  /** Remembers requests with an `Idempotency-Key`. */
  requests: RequestStore;
  operatorKey: OperatorKey;
  /** What links begin with that people open. */
  publicUrl: string;
  sendTest: SendTest;
  logger: Logger;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Called when the ledger may not say what it acknowledged: the process must stop. */
  onLedgerLost: () => void;
}>;
