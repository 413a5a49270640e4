// The thread of writer-thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { embeddedEventLog } from '#libs/event-log/embedded/embedded-event-log';
import type { EventLogUnavailable } from '#libs/event-log/port';
import { embeddedKeyring } from '#libs/keyring/embedded/index';
import { ledgerWriter, remoteFailure, serveWriter, type RemoteFailure } from '#libs/ledger/index';
import { workInBackground } from './background-thread.ts';

export type WriterThreadData = Readonly<{ dataDirectory: string; rootKey: Uint8Array | undefined }>;
/** Nothing more can be written: the engines cannot be opened, or (`isFatal`) the log has failed. */
export type WriterThreadLoss = Readonly<{ loss: RemoteFailure; isFatal: boolean }>;

if (parentPort === null) throw new Error('This program runs as a thread.');
const port = parentPort;
const lost = (error: unknown, isFatal: boolean): void =>
  port.postMessage({ loss: remoteFailure(error), isFatal } satisfies WriterThreadLoss);

const open = async () => {
  const { dataDirectory: directory, rootKey } = workerData as WriterThreadData;
  const keyring = embeddedKeyring({ directory, ...(rootKey !== undefined && { rootKey }) });
  try {
    const onFatal = (failure: EventLogUnavailable): void => lost(failure, true);
    return { keyring, eventLog: await embeddedEventLog({ directory, onFatal }) };
  } catch (error) {
    await keyring.close();
    throw error;
  }
};

workInBackground();
try {
  const { keyring, eventLog } = await open();
  serveWriter(port, ledgerWriter(eventLog, keyring));
  port.on('message', (message) => {
    if (message !== 'close') return;
    void Promise.all([eventLog.close(), keyring.close()]).finally(() => port.close());
  });
} catch (error) {
  lost(error, false);
  port.close();
}
