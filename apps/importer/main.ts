import { join } from 'node:path';
import {
  openEngines,
  openLogger,
  readConfig,
  untilStopped,
  workInBackground,
} from '#apps/composition/index';
import { Uploads } from '#libs/uploads/index';
import { startImporter } from './start-importer.ts';

const run = async (): Promise<void> => {
  workInBackground();
  const config = readConfig(process.env);
  const log = openLogger(config.logLevel, 'importer');
  const engines = await openEngines(config, ({ code }) => {
    log.fatal({ event: 'ledger-lost', code }, 'The ledger cannot be trusted any more: stopping.');
    process.exit(1);
  });
  const uploads = new Uploads(join(config.dataDirectory, 'uploads'));
  await startImporter({ ...engines, uploads, clock: Date.now, log, signal: untilStopped() });
  await engines.close();
};

try {
  await run();
} catch (error) {
  // What stops a start has a sentence for the operator; its message names files and variables only.
  console.error(error instanceof Error ? error.message : 'The importer could not start.');
  process.exitCode = 1;
}
