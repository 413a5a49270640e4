import {
  openEngines,
  openLogger,
  openMailer,
  readConfig,
  untilStopped,
  workInBackground,
} from '#apps/composition/index';
import { startProjector } from './start-projector.ts';

const run = async (): Promise<void> => {
  workInBackground();
  const config = readConfig(process.env);
  const log = openLogger(config.logLevel, 'projector');
  const engines = await openEngines(config, ({ code }) => {
    log.fatal({ event: 'ledger-lost', code }, 'The ledger cannot be trusted any more: stopping.');
    process.exit(1);
  });
  const { mailer, mailbox } = openMailer(config, engines.keyring, log);
  const { stopped } = await startProjector({
    ...engines,
    log,
    signal: untilStopped(),
    ...(mailbox === undefined ? {} : { scrubOthers: () => mailbox.scrub() }),
  });
  await stopped;
  await mailer.close();
  await engines.close();
};

try {
  await run();
} catch (error) {
  // What stops a start has a sentence for the operator; its message names files and variables only.
  console.error(error instanceof Error ? error.message : 'The projector could not start.');
  process.exitCode = 1;
}
