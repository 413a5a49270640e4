// The thread of writer-thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { EventLogUnavailable } from '#libs/event-log/port';
import { ledgerWriter, remoteFailure, serveWriter, type RemoteFailure } from '#libs/ledger/index';
import { workInBackground } from './background-thread.ts';
import { closing } from './closing.ts';
import type { EngineConfig } from './engine-parts.ts';
import { engineSource, matched } from './engine-source.ts';

export type WriterThreadData = EngineConfig;
/** Nothing more can be written: the engines cannot be opened, or (`isFatal`) the log has failed. */
export type WriterThreadLoss = Readonly<{ loss: RemoteFailure; isFatal: boolean }>;

if (parentPort === null) throw new Error('This program runs as a thread.');
const port = parentPort;
const lost = (error: unknown, isFatal: boolean): void =>
  port.postMessage({ loss: remoteFailure(error), isFatal } satisfies WriterThreadLoss);

const onFatal = (failure: EventLogUnavailable): void => lost(failure, true);

workInBackground();
const { keep, close } = closing();
try {
  const config = workerData as WriterThreadData;
  const source = (await engineSource(config))({ config, keep, onFatal });
  const { keyring, eventLog } = await matched(await source.ledger());
  serveWriter(port, ledgerWriter(eventLog, keyring));
  port.on('message', (message) => {
    if (message === 'close') void close().finally(() => port.close());
  });
} catch (error) {
  lost(error, false);
  await close();
  port.close();
}
