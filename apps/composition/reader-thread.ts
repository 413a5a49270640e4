import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { errorDetails, RemotePages, type PageReader } from '#libs/projecting/index';
import type { EngineConfig } from './engine-parts.ts';
import type { ReaderThreadData } from './reader-thread-program.ts';

/** The pages that are under way fit in, so that little of them is ever copied. */
const YOUNG_MEBIBYTES = 64;

/** With one processor a thread beside this one only adds work. */
export const canReadAhead = (): boolean => availableParallelism() > 1;

/**
 * Reads the ledger and projects for a read model in a thread of its own, on connections of its own, so that whoever
 * makes the model again can go on writing. `gaveUp` hears why it gives no more, when it fails.
 */
export const startReaderThread = (
  config: EngineConfig,
  readModel: string,
  gaveUp: (details: object) => void,
): PageReader => {
  // The same file is .ts in the sources and .js in the build.
  const extension = extname(import.meta.url);
  const { dataDirectory, rootKey, servers } = config;
  const worker = new Worker(new URL(`./reader-thread-program${extension}`, import.meta.url), {
    name: 'ledger-reader',
    workerData: {
      dataDirectory,
      ...(rootKey !== undefined && { rootKey }),
      ...(servers !== undefined && { servers }),
      readModel,
    } satisfies ReaderThreadData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEBIBYTES },
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      ...(extension === '.ts' ? ['--conditions=attesta-source'] : []),
    ],
  });
  const pages = new RemotePages(worker, gaveUp);
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', (error) => pages.lost(errorDetails(error)));
  let isClosing = false;
  worker.on('exit', (status) => {
    if (!isClosing) pages.lost({ status });
  });
  return {
    pages,
    close: async () => {
      isClosing = true;
      worker.postMessage('close');
      await exited;
    },
  };
};
