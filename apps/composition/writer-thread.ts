import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EventLogUnavailable } from '#libs/event-log/port';
import { failureOf, RemoteWriter, type LedgerWriter } from '#libs/ledger/index';
import type { EngineConfig } from './engine-parts.ts';
import type { WriterThreadData, WriterThreadLoss } from './writer-thread-program.ts';

export type WriterThread = LedgerWriter & Readonly<{ close: () => Promise<void> }>;

/** What is under way at once fits in, so that little of it is ever copied. */
const YOUNG_MEBIBYTES = 48;

/**
 * Encrypts and writes in a thread of its own, on connections of its own, so that whoever has much to write
 * can go on with what follows. `onFatal` as for `openEngines`. What it cannot do, `write` throws.
 */
export const startWriterThread = (
  config: EngineConfig,
  onFatal: (failure: EventLogUnavailable) => void,
): WriterThread => {
  // The same file is .ts in the sources and .js in the build.
  const extension = extname(import.meta.url);
  const { dataDirectory, rootKey, servers } = config;
  const worker = new Worker(new URL(`./writer-thread-program${extension}`, import.meta.url), {
    name: 'ledger-writer',
    workerData: {
      dataDirectory,
      ...(rootKey !== undefined && { rootKey }),
      ...(servers !== undefined && { servers }),
    } satisfies WriterThreadData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      ...(extension === '.ts' ? ['--conditions=attesta-source'] : []),
    ],
  });
  const writer = new RemoteWriter(worker);
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => writer.lost(asError(error)));
  worker.on('exit', () => writer.lost(new Error('The thread that writes has ended.')));
  worker.on('message', (message: unknown) => {
    if (!isLoss(message)) return;
    const failure = failureOf(message.loss);
    writer.lost(failure);
    if (message.isFatal && failure instanceof EventLogUnavailable) onFatal(failure);
  });
  return {
    write: writer.write,
    close: async () => {
      worker.postMessage('close');
      await exited;
    },
  };
};

const isLoss = (message: unknown): message is WriterThreadLoss =>
  typeof message === 'object' && message !== null && 'loss' in message;

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error('The thread that writes failed.', { cause: error });
