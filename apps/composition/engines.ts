import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import type { EventLog, EventLogUnavailable } from '#libs/event-log/port';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import type { Keyring } from '#libs/keyring/index';
import { embeddedLeases } from '#libs/leases/embedded/index';
import type { Leases } from '#libs/leases/port';
import { openLedger, type Ledger } from '#libs/ledger/index';
import { embeddedReadStore } from '#libs/read-store/embedded/index';
import type { ReadStore } from '#libs/read-store/port';
import { refuseLostKeyring, refuseLostLedger } from './belonging-files.ts';
import type { Config } from './config.ts';
import { startWriterThread, type WriterThread } from './writer-thread.ts';

/** What every process stands on. Each process, and each worker thread, opens its own. */
export type Engines = Readonly<{
  eventLog: EventLog;
  keyring: Keyring;
  ledger: Ledger;
  readStore: ReadStore;
  leases: Leases;
  /** Starts a thread that writes to the same ledger. Whoever starts it closes it. */
  startWriter: () => WriterThread;
  close: () => Promise<void>;
}>;

type Closable = { readonly close: () => Promise<void> };

/**
 * Opens the engines that the configuration asks for. `onFatal` is called when the ledger's file may no
 * longer say what was acknowledged: the process must stop. Throws the error of the engine that cannot be
 * opened, after closing the others; its message names the file and can be shown as it is.
 */
export const openEngines = async (
  config: Pick<Config, 'dataDirectory' | 'rootKey'>,
  onFatal: (failure: EventLogUnavailable) => void,
): Promise<Engines> => {
  const directory = config.dataDirectory;
  const opened: Closable[] = [];
  const close = async (): Promise<void> => {
    // The last opened first, each even when another one fails.
    const closing = opened.splice(0).reverse();
    const outcomes = await Promise.allSettled(closing.map((each) => each.close()));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
  const keep = <T extends Closable>(engine: T): T => {
    opened.push(engine);
    return engine;
  };
  try {
    const rootKey = config.rootKey === undefined ? {} : { rootKey: config.rootKey };
    const keyring = keep(embeddedKeyring({ directory, ...rootKey }));
    await refuseLostLedger(directory, keyring);
    const eventLog = keep(await embeddedEventLog({ directory, onFatal }));
    await refuseLostKeyring(directory, eventLog, keyring);
    const { ledgerId, logId } = await eventLog.identity();
    await keyring.belongTo(ledgerId);
    const readStore = keep(embeddedReadStore({ directory }));
    await readStore.belongTo(logId);
    const leases = keep(embeddedLeases({ directory }));
    return {
      eventLog,
      keyring,
      ledger: openLedger({ eventLog, keyring }),
      readStore,
      leases,
      startWriter: () => startWriterThread(config, onFatal),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
