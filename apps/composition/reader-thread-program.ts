// The thread of reader-thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import type { AnyEvent } from '#domain/kernel/index';
import { streamDefinitions } from '#domain/streams';
import { openLedger, type StreamFormat } from '#libs/ledger/index';
import { projectedPages, servePages } from '#libs/projecting/index';
import { projections } from '#projections/index';
import { workInBackground } from './background-thread.ts';
import { closing } from './closing.ts';
import type { EngineConfig } from './engine-parts.ts';
import { engineSource, matched } from './engine-source.ts';

export type ReaderThreadData = EngineConfig & Readonly<{ readModel: string }>;

if (parentPort === null) throw new Error('This program runs as a thread.');
const port = parentPort;
const formats: readonly StreamFormat<AnyEvent>[] = streamDefinitions;

const onFatal = (failure: Error): never => {
  throw failure;
};

workInBackground();
const { keep, close } = closing();
try {
  const { readModel, ...config } = workerData as ReaderThreadData;
  const projection = projections.find(({ name }) => name === readModel);
  if (projection === undefined) throw new Error(`There is no read model ${readModel}.`);
  const source = (await engineSource(config))({ config, keep, onFatal });
  const ledger = openLedger(await matched(await source.ledger()));
  const serving = servePages(port, projectedPages({ ledger, projection, formats }));
  port.on('message', (message) => {
    if (message !== 'close') return;
    void serving
      .stop()
      .then(close)
      .finally(() => port.close());
  });
} catch (error) {
  await close();
  throw error;
}
