import { openLedger, type Ledger } from '#libs/ledger/index';
import type { StartReader } from '#libs/projecting/index';
import { closing } from './closing.ts';
import type { EngineConfig, LedgerEngines, OnFatal, StoreEngines } from './engine-parts.ts';
import { engineSource, matched } from './engine-source.ts';
import { repeatedAtStart } from './repeated-at-start.ts';
import { canReadAhead, startReaderThread } from './reader-thread.ts';
import { startWriterThread, type WriterThread } from './writer-thread.ts';

/** What every process stands on. Each process, and each worker thread, opens its own. */
export type Engines = LedgerEngines &
  StoreEngines &
  Readonly<{
    ledger: Ledger;
    /** Starts a thread that writes to the same ledger. Whoever starts it closes it. */
    startWriter: () => WriterThread;
    /**
     * Starts a thread that reads for a read model that is made again; absent where that would not help. Whoever
     * starts it closes it.
     */
    startReader?: StartReader;
    close: () => Promise<void>;
  }>;

/**
 * Opens the engines that the configuration asks for. Throws the error of the engine that cannot be used, or
 * that belongs to another ledger, after closing the others; its message can be shown as it is.
 */
export const openEngines = async (config: EngineConfig, onFatal: OnFatal): Promise<Engines> => {
  const { keep, close } = closing();
  try {
    const source = (await engineSource(config))({ config, keep, onFatal });
    const { eventLog, keyring } = await matched(await source.ledger());
    const stores = await source.stores();
    const { logId } = await eventLog.identity();
    await repeatedAtStart(() => stores.readStore.belongTo(logId));
    return {
      ...stores,
      eventLog,
      keyring,
      ledger: openLedger({ eventLog, keyring }),
      startWriter: () => startWriterThread(config, onFatal),
      ...(canReadAhead() && {
        startReader: (readModel, gaveUp) => startReaderThread(config, readModel, gaveUp),
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};
