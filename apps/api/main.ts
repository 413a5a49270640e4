import 'reflect-metadata';
import {
  openEngines,
  openLogger,
  openMailer,
  readConfig,
  untilStopped,
} from '#apps/composition/index';
import { startApi } from './start-api.ts';
import { greeting } from './greeting.ts';

const run = async (): Promise<void> => {
  const config = readConfig(process.env);
  const logger = openLogger(config.logLevel, 'api');
  const stop = (): void => {
    logger.fatal({ event: 'ledger-lost' }, 'The ledger cannot be trusted any more: stopping.');
    process.exit(1);
  };
  const engines = await openEngines(config, stop);
  const { mailer, mailbox } = openMailer(config, engines.keyring, logger);
  const signal = untilStopped();
  const api = await startApi({ config, engines, mailer, mailbox, logger, onLedgerLost: stop });
  console.log(greeting(api));
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  await api.close();
  await mailer.close();
  await engines.close();
};

try {
  await run();
} catch (error) {
  // What stops a start has a sentence for the operator; its message names files and variables only.
  console.error(error instanceof Error ? error.message : 'The API could not start.');
  process.exit(1);
}
