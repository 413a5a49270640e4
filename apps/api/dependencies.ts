import type { EventLog } from '#libs/event-log/port';
import type { Keyring } from '#libs/keyring/index';
import type { Ledger } from '#libs/ledger/index';
import type { Mailbox } from '#libs/mailer/index';
import type { ReadStore } from '#libs/read-store/port';
import type { RequestStore } from '#libs/requests/index';
import type { Uploads } from '#libs/uploads/index';
import type { Renderer } from '#libs/rendering/index';
import type { Server } from './health/readiness.ts';
import type { OperatorKey } from './http/access/operator-key.ts';
import type { Logger } from './http/api-log.ts';
import type { SendTest } from './newsletters/test-mail.ts';

/** What the API stands on; whoever composes it decides on the engines. */
export type ApiDependencies = Readonly<{
  ledger: Ledger;
  /** Positions are sealed for the log that they are of. */
  eventLog: Pick<EventLog, 'identity'>;
  keyring: Keyring;
  readStore: ReadStore;
  renderer: Renderer;
  /** Where files of recipients wait for the importer. */
  uploads: Uploads;
  /** Bytes of the largest file that is taken; 1 GiB when absent. */
  uploadLimit?: number;
  /** Remembers requests with an `Idempotency-Key`. */
  requests: RequestStore;
  operatorKey: OperatorKey;
  /** What links begin with that people open. */
  publicUrl: string;
  sendTest: SendTest;
  /** The built-in mailbox, to be read at /mailbox; absent where mail leaves through a relay. */
  mailbox?: Mailbox;
  logger: Logger;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** The servers whose answers decide whether this process is ready; none when absent. */
  servers?: readonly Server[];
  /** Called when the ledger may not say what it acknowledged: the process must stop. */
  onLedgerLost: () => void;
}>;
